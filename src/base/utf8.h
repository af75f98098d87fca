// UTF-8 as RFC 3629 has it: no surrogates, no overlong forms, nothing above U+10FFFF.
//
// Threads: any (functions); one at a time (Utf8Stream).
// Source:  RFC 3629, Unicode 15 table 3-7
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tayori::base {

/// Whether `text` is well-formed from its first byte to its last. ASCII costs a word a turn.
[[nodiscard]] bool is_utf8(std::string_view text);

/// Whether U+0000..U+001F or U+007F..U+009F occurs. REQUIRES: is_utf8(utf8).
[[nodiscard]] bool has_control_characters(std::string_view utf8);

/// The longest prefix of `utf8` of at most `bytes` bytes that cuts no character. REQUIRES:
/// is_utf8(utf8).
[[nodiscard]] std::string_view utf8_prefix(std::string_view utf8, std::size_t bytes);

/// Checks text that arrives in pieces, cut anywhere.
class Utf8Stream {
 public:
  /// Takes the next piece. False at the first byte that no continuation could mend, and ever after.
  [[nodiscard]] bool feed(std::string_view piece);

  /// Whether the text so far is well-formed and ends between characters.
  [[nodiscard]] bool complete() const { return missing_ == 0; }

  /// Ready for a new text.
  void reset() { *this = Utf8Stream(); }

 private:
  static constexpr std::uint8_t kBroken = 0xFF;

  bool begin(std::uint8_t lead);

  std::uint8_t missing_ = 0;    // continuation bytes still to come, or kBroken
  std::uint8_t lowest_ = 0x80;  // what the next continuation byte may be
  std::uint8_t highest_ = 0xBF;
};

}  // namespace tayori::base
