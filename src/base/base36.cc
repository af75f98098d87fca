#include "base/base36.h"

#include <charconv>

#include "base/check.h"

namespace tayori::base {

void append_base36(std::string& out, std::uint64_t value) {
  CHECK(value <= kBase36Max, "a greater one could not be read again");
  char digits[13];
  const auto written = std::to_chars(digits, digits + sizeof digits, value, 36);
  out.append(digits, written.ptr);
}

std::optional<std::uint64_t> parse_base36(std::string_view text) {
  if (text.empty() || (text.front() == '0' && text.size() > 1)) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    std::uint64_t digit = 0;
    if (c >= '0' && c <= '9') {
      digit = static_cast<std::uint64_t>(c - '0');
    } else if (c >= 'a' && c <= 'z') {
      digit = static_cast<std::uint64_t>(c - 'a') + 10;
    } else {
      return std::nullopt;
    }
    if (value > (kBase36Max - digit) / 36) return std::nullopt;
    value = value * 36 + digit;
  }
  return value;
}

}  // namespace tayori::base
