#include "text/clean_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "text/limits.h"
#include "text/utf8.h"

namespace retrochat {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

bool is_in(std::span<const Range> ranges, char32_t character) {
  return std::ranges::any_of(ranges, [character](const Range& range) {
    return character >= range.first && character <= range.last;
  });
}

bool breaks_line(char32_t c) {
  static constexpr std::array<Range, 3> kBreaks{{{0x09, 0x0D}, {0x85, 0x85}, {0x2028, 0x2029}}};
  return is_in(kBreaks, c);
}

bool acts_on_others(char32_t c) {
  static constexpr std::array<Range, 7> kActing{{{0x00, 0x1F},
                                                 {0x7F, 0x9F},
                                                 {0x202A, 0x202E},
                                                 {0x2066, 0x2069},
                                                 {0xFEFF, 0xFEFF},
                                                 {0xFFF9, 0xFFFB},
                                                 {0xFDD0, 0xFDEF}}};
  const bool noncharacter = (c & 0xFFFEU) == 0xFFFE;
  return noncharacter || is_in(kActing, c);
}

bool is_mark(char32_t c) {
  static constexpr std::array<Range, 6> kMarks{{{0x0300, 0x036F},
                                                {0x0483, 0x0489},
                                                {0x1AB0, 0x1AFF},
                                                {0x1DC0, 0x1DFF},
                                                {0x20D0, 0x20FF},
                                                {0xFE20, 0xFE2F}}};
  return is_in(kMarks, c);
}

bool is_space(char32_t c) {
  static constexpr std::array<Range, 7> kSpaces{{{0x20, 0x20},
                                                 {0xA0, 0xA0},
                                                 {0x1680, 0x1680},
                                                 {0x2000, 0x200A},
                                                 {0x202F, 0x202F},
                                                 {0x205F, 0x205F},
                                                 {0x3000, 0x3000}}};
  return is_in(kSpaces, c);
}

/// Takes no ink, alone or in company.
bool is_invisible(char32_t c) {
  static constexpr std::array<Range, 11> kInvisible{{{0xAD, 0xAD},
                                                     {0x034F, 0x034F},
                                                     {0x061C, 0x061C},
                                                     {0x115F, 0x1160},
                                                     {0x180B, 0x180F},
                                                     {0x200B, 0x200F},
                                                     {0x2060, 0x206F},
                                                     {0x3164, 0x3164},
                                                     {0xFE00, 0xFE0F},
                                                     {0xFFA0, 0xFFA0},
                                                     {0xE0000, 0xE0FFF}}};
  return is_space(c) || is_in(kInvisible, c);
}

std::u32string without_outer_space(std::u32string text) {
  const auto last = std::find_if_not(text.rbegin(), text.rend(), is_space);
  text.erase(last.base(), text.end());
  text.erase(text.begin(), std::ranges::find_if_not(text, is_space));
  return text;
}

}  // namespace

Answer<std::u32string> clean_text(std::string_view text) {
  const auto characters = decode_utf8(text);
  if (!characters) return Refusal::not_text;
  std::u32string clean;
  clean.reserve(characters->size());
  std::size_t marks = 0;
  for (const char32_t c : *characters) {
    const char32_t kept = breaks_line(c) ? U' ' : c;
    if (acts_on_others(kept)) continue;
    marks = is_mark(kept) ? marks + 1 : 0;
    if (marks > limits::kMarksOnALetter) continue;
    clean.push_back(kept);
  }
  clean = without_outer_space(std::move(clean));
  if (std::ranges::all_of(clean, is_invisible)) clean.clear();
  return clean;
}

}  // namespace retrochat
