#include "access/api_key.h"

#include "base/ascii.h"

namespace tayori::access {
namespace {

/// What stands behind "Bearer ", or "" for another scheme.
std::string_view bearer(std::string_view authorization) {
  const std::string_view scheme = authorization.substr(0, authorization.find(' '));
  if (!base::equal_ignoring_case(scheme, "Bearer")) return {};
  return base::trim(authorization.substr(scheme.size()));
}

}  // namespace

ApiKey::ApiKey(std::string_view key) : empty_(key.empty()), digest_(base::sha256(key)) {}

bool ApiKey::admits(const HttpRequest& request) const {
  const auto is_key = [this](std::string_view presented) {
    return base::equal_constant_time(base::sha256(presented), digest_);
  };
  if (empty_) return false;
  return is_key(bearer(request.field("Authorization"))) || is_key(request.field("X-API-Key"));
}

}  // namespace tayori::access
