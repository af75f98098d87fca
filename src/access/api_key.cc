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

ApiKey::ApiKey(std::string_view key) : digest_(digest_of(key)) {}

ApiKey::Digest ApiKey::digest_of(std::string_view key) {
  if (key.empty()) return std::nullopt;
  return base::sha256(key);
}

bool ApiKey::admits(const HttpRequest& request) const {
  const auto digest = digest_.get();
  if (!*digest) return false;
  const auto is_key = [&](std::string_view presented) {
    return base::equal_constant_time(base::sha256(presented), **digest);
  };
  return is_key(bearer(request.field("Authorization"))) || is_key(request.field("X-API-Key"));
}

}  // namespace tayori::access
