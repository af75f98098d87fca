// SHA-256, SHA-1, hexadecimal, and comparing without telling how far two values agree.
//
// SHA-1 is here for the WebSocket handshake, which needs no strength of it.
//
// Threads: any.
// Source:  FIPS 180-4
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace tayori::base {

using Sha256 = std::array<std::byte, 32>;
using Sha1 = std::array<std::byte, 20>;

[[nodiscard]] Sha256 sha256(std::string_view bytes);
[[nodiscard]] Sha1 sha1(std::string_view bytes);

/// Two lower-case digits a byte.
[[nodiscard]] std::string hex(std::span<const std::byte> bytes);

/// Whether both are the same. Its time depends on the lengths alone; different lengths are told at
/// once, so compare digests where the length is secret too.
[[nodiscard]] bool equal_constant_time(std::string_view left, std::string_view right);
[[nodiscard]] bool equal_constant_time(std::span<const std::byte> left,
                                       std::span<const std::byte> right);

}  // namespace tayori::base
