#include "server/config_rules.h"

#include <algorithm>
#include <string_view>

#include "access/origins.h"
#include "access/token_key.h"
#include "server/endpoint.h"

namespace tayori::server {

namespace {

constexpr std::size_t kPrefixBytes = 128;

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Characters that no client and no proxy escapes, so that the path is compared as written.
bool is_path_character(char c) {
  return is_alphanumeric(c) || c == '/' || c == '_' || c == '-' || c == '.' || c == '~';
}

}  // namespace

bool is_endpoint(const std::string& text) { return Endpoint::parse(text).has_value(); }

bool is_prefix(const std::string& text) {
  if (text.size() < 3 || text.size() > kPrefixBytes || text.front() != '/' || text.back() != '/')
    return false;
  // "." and ".." are resolved by browsers before they ask.
  for (const char* refused : {"//", "/./", "/../"}) {
    if (text.find(refused) != std::string::npos) return false;
  }
  return std::ranges::all_of(text, is_path_character);
}

bool is_origin(const std::string& text) { return access::OriginPolicy::of({text}).has_value(); }

bool is_hook(const std::string& text) {
  if (text.empty()) return true;
  std::string_view rest = text;
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!rest.starts_with(scheme)) continue;
    rest.remove_prefix(scheme.size());
    return !rest.empty() && rest.front() != '/' && rest.find_first_of("?#\\") == rest.npos &&
           std::ranges::all_of(rest, [](char c) { return c > ' ' && c < '\x7f'; });
  }
  return false;
}

bool is_api_key(const std::string& text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

bool is_tokens_key(const std::string& text) {
  return text.empty() || text.size() >= access::kTokenKeyBytes;
}

}  // namespace tayori::server
