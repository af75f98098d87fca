// SdkCalls: the calls of scenarios through tayori::Client, with arguments and answers as the JSON of spec/openapi.yaml.
//
// What the client's types do not let through is refused here, with the code of the type: an empty message never leaves the
// program.
//
// Threads: one at a time.
// Source:  spec/scenarios/README.md
#pragma once

#include <boost/json/object.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tayori/client.h"

namespace tayori::scenarios {

class SdkCalls {
 public:
  /// `client` outlives this.
  explicit SdkCalls(const Client& client) : client_(client) {}

  Result<boost::json::object> call(std::string_view operation, const boost::json::object& with);

 private:
  using Object = boost::json::object;

  Object answer(std::string_view operation, const Object& with);
  Object create_channel(const Object& with);
  Object send_message(const Object& with);
  Object batch(const Object& with);
  Object presence(const Object& with);
  Object disconnect(const Object& with);
  Object history(const Object& with);

  [[nodiscard]] bool is_token(const std::string& text) const { return tokens_.contains(text); }
  [[nodiscard]] Send send_of(const Object& entry) const;

  const Client& client_;
  /// All that were made, which may stand where a client id does.
  std::set<std::string> tokens_;
};

}  // namespace tayori::scenarios
