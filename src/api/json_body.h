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
                             const std::vector<std::string_view>& members);

  /// The string `name`; `otherwise` when it is missing or not a string.
  [[nodiscard]] Result<std::string> string(std::string_view name, ErrorCode otherwise);
  /// The string `name`, nothing when it is missing or null; `otherwise` when it is something else.
  [[nodiscard]] Result<std::optional<std::string>> optional_string(std::string_view name,
                                                                   ErrorCode otherwise) const;
  /// The truth value `name`, false when it is missing or null; invalid_request when it is something else.
  [[nodiscard]] Result<bool> truth(std::string_view name) const;
  /// The objects of the array `name`, each with no members but `members`; invalid_request when there is none.
  [[nodiscard]] Result<std::vector<Result<JsonBody>>> objects(
      std::string_view name, const std::vector<std::string_view>& members);
  [[nodiscard]] bool has(std::string_view name) const;
  /// The whole number `name`, nothing when it is missing or null; `otherwise` when it is something else.
  [[nodiscard]] Result<std::optional<std::int64_t>> whole_number(std::string_view name,
                                                                 ErrorCode otherwise) const;
  /// The strings of the array `name`, none when it is missing or null; `otherwise` when it is something else.
  [[nodiscard]] Result<std::vector<std::string>> strings(std::string_view name,
                                                         ErrorCode otherwise) const;

 private:
  /// The first member that is not among `members`, as an error.
  static Outcome check(const boost::json::object& object,
                       const std::vector<std::string_view>& members);
  explicit JsonBody(boost::json::object object) : object_(std::move(object)) {}
  boost::json::object object_;
};

}  // namespace tayori::api
