// JsonBody: the one JSON object of a request, read by name.
//
// A member nobody asks for is an error that names it: a misspelt `idempotency_key` that is quietly ignored
// would send twice.
//
// Threads: one at a time.
// Source:  RFC 8259; spec/openapi.yaml
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tayori/http.h"
#include "tayori/result.h"

namespace tayori::api {

class JsonBody {
 public:
  /// The body as an object with no members but `members`; unsupported_media_type, invalid_json, invalid_request.
  static Result<JsonBody> of(const HttpRequest& request,
                             std::initializer_list<std::string_view> members);

  /// The string `name`; `otherwise` when it is missing or not a string.
  [[nodiscard]] Result<std::string> string(std::string_view name, ErrorCode otherwise);
  /// The whole number `name`, nothing when it is missing or null; `otherwise` when it is something else.
  [[nodiscard]] Result<std::optional<std::int64_t>> whole_number(std::string_view name,
                                                                 ErrorCode otherwise) const;
  /// The strings of the array `name`, none when it is missing or null; `otherwise` when it is something else.
  [[nodiscard]] Result<std::vector<std::string>> strings(std::string_view name,
                                                         ErrorCode otherwise) const;

 private:
  explicit JsonBody(boost::json::object object) : object_(std::move(object)) {}
  boost::json::object object_;
};

}  // namespace tayori::api
