// UTF-8: strict decoding into characters and back.
//
// Threads: any.
// Source:  RFC 3629, Unicode 15 table 3-7
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace retrochat {

/// The characters of `text`, or nothing when it is not well-formed (overlong forms and surrogates included).
[[nodiscard]] std::optional<std::u32string> decode_utf8(std::string_view text);

/// REQUIRES: each of `characters` is a Unicode scalar value.
[[nodiscard]] std::string encode_utf8(std::u32string_view characters);

}  // namespace retrochat
