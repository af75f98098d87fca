#include "text/local_path.h"

#include <algorithm>

#include "text/limits.h"

namespace retrochat {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~' || c == '/';
}

/// Browsers drop tabs and line ends from addresses and take '\' for '/', so neither is let through.
bool may_stand_in_path(char c) {
  return is_plain(c) || c == '?' || c == '=' || c == '&' || c == '%';
}

}  // namespace

LocalPath LocalPath::from(std::string_view text) {
  const bool stays = text.starts_with('/') && !text.starts_with("//") &&
                     text.size() <= limits::kLocalPathBytes &&
                     std::ranges::all_of(text, may_stand_in_path);
  return LocalPath(stays ? text : "/");
}

std::string LocalPath::escaped_for_query(std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string escaped;
  for (const char c : text) {
    if (is_plain(c)) {
      escaped.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      escaped.append({'%', kDigits[byte >> 4U], kDigits[byte & 0x0FU]});
    }
  }
  return escaped;
}

}  // namespace retrochat
