// Base64: bytes as text, in the URL-safe alphabet without padding and in the standard one with it.
//
// Decoding is strict, so that one value has one spelling: no padding, no whitespace, no other
// alphabet, unused bits zero.
//
// Threads: any.
// Source:  RFC 4648 sections 4, 5 and 3.5; RFC 7515 section 2
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tayori::base {

[[nodiscard]] std::string base64url_encode(std::string_view bytes);
[[nodiscard]] std::string base64url_encode(std::span<const std::byte> bytes);

/// Appends instead of making a string of its own.
void append_base64url(std::string& out, std::string_view bytes);

/// The bytes, or nothing when `text` is not exactly what base64url_encode gives for some bytes.
[[nodiscard]] std::optional<std::string> base64url_decode(std::string_view text);

/// The standard alphabet, padded with '='.
[[nodiscard]] std::string base64_encode(std::string_view bytes);
[[nodiscard]] std::string base64_encode(std::span<const std::byte> bytes);

}  // namespace tayori::base
