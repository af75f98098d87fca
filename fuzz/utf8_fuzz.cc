// is_utf8 and Utf8Stream against a decoder written as RFC 3629 defines it: by code points.
#include <algorithm>

#include "base/check.h"
#include "base/utf8.h"
#include "input.h"

namespace base = tayori::base;

namespace {

/// The length of the character at the front of `text` and its code point; length 0 when there is
/// none.
struct Character {
  std::size_t length = 0;
  std::uint32_t code_point = 0;
};

Character first_character(std::string_view text) {
  static constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const auto lead = static_cast<std::uint8_t>(text[0]);
  if (lead < 0x80) return {1, lead};
  std::size_t length = 0;
  if (lead >> 5 == 0x06) length = 2;
  if (lead >> 4 == 0x0E) length = 3;
  if (lead >> 3 == 0x1E) length = 4;
  if (length == 0 || text.size() < length) return {};
  std::uint32_t code_point = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<std::uint8_t>(text[i]);
    if (byte >> 6 != 0x02) return {};
    code_point = code_point << 6 | (byte & 0x3FU);
  }
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (surrogate || code_point > 0x10FFFF || code_point < kSmallest[length]) return {};
  return {length, code_point};
}

struct Verdict {
  bool good = true;
  bool has_controls = false;
};

Verdict reference(std::string_view text) {
  Verdict verdict;
  while (!text.empty()) {
    const Character character = first_character(text);
    if (character.length == 0) return {false, false};
    const std::uint32_t c = character.code_point;
    verdict.has_controls |= c < 0x20 || (c >= 0x7F && c < 0xA0);
    text.remove_prefix(character.length);
  }
  return verdict;
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer names it
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = tayori::fuzz::as_text(data, size);
  const std::size_t step = tayori::fuzz::take_byte(text) % 7U + 1;
  const Verdict expected = reference(text);
  CHECK(base::is_utf8(text) == expected.good, "both find the same");
  base::Utf8Stream stream;
  bool good = true;
  for (std::size_t at = 0; at < text.size() && good; at += step)
    good = stream.feed(text.substr(at, step));
  CHECK((good && stream.complete()) == expected.good, "cuts change nothing");
  if (expected.good) {
    CHECK(base::has_control_characters(text) == expected.has_controls, "both see the same");
    const std::string_view prefix = base::utf8_prefix(text, step);
    CHECK(prefix.size() <= step && base::is_utf8(prefix), "a prefix cuts no character");
    CHECK(prefix.size() + 3 >= std::min(step, text.size()), "a prefix is the longest");
  }
  return 0;
}
