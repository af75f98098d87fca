// ASCII text as protocols have it: case, whitespace and comma lists, without asking a locale.
//
// Threads: any.
// Source:  RFC 9110 sections 5.6.1 and 5.6.3
#pragma once

#include <string>
#include <string_view>

namespace tayori::base {

[[nodiscard]] constexpr char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

[[nodiscard]] std::string to_lower(std::string_view text);

[[nodiscard]] bool equal_ignoring_case(std::string_view left, std::string_view right);

/// Without the spaces, tabs and line ends around it.
[[nodiscard]] std::string_view trim(std::string_view text);

/// Takes the part before the next `separator` off the front of `rest`, the separator too, and gives
/// it trimmed.
[[nodiscard]] std::string_view take_until(std::string_view& rest, char separator);

/// Whether the comma list `list` holds `token`, in any case.
[[nodiscard]] bool list_has_token(std::string_view list, std::string_view token);

}  // namespace tayori::base
