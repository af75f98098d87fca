// Base-36: whole numbers from 0 to 2^63-1 in the digits 0-9a-z.
//
// One number has one spelling: lower case, no sign, no leading zeros; zero is "0".
//
// Threads: any.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tayori::base {

inline constexpr std::uint64_t kBase36Max = 0x7FFF'FFFF'FFFF'FFFF;

/// At most 13 characters. REQUIRES: value <= kBase36Max.
void append_base36(std::string& out, std::uint64_t value);

/// The number, or nothing when `text` is not exactly what append_base36 writes for it.
[[nodiscard]] std::optional<std::uint64_t> parse_base36(std::string_view text);

}  // namespace tayori::base
