#include "text/utf8.h"

#include <cstddef>
#include <cstdint>

namespace retrochat {
namespace {

struct Lead {
  std::size_t following;
  char32_t bits;
  char32_t least;  // A smaller result was written in too many bytes.
};

std::optional<Lead> lead_of(std::uint8_t byte) {
  if (byte < 0x80) return Lead{0, byte, 0};
  if (byte >= 0xC2 && byte <= 0xDF) return Lead{1, byte & 0x1FU, 0x80};
  if (byte >= 0xE0 && byte <= 0xEF) return Lead{2, byte & 0x0FU, 0x800};
  if (byte >= 0xF0 && byte <= 0xF4) return Lead{3, byte & 0x07U, 0x10000};
  return std::nullopt;
}

}  // namespace

std::optional<std::u32string> decode_utf8(std::string_view text) {
  std::u32string characters;
  characters.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    const auto lead = lead_of(static_cast<std::uint8_t>(text[at++]));
    if (!lead || text.size() - at < lead->following) return std::nullopt;
    char32_t character = lead->bits;
    for (std::size_t i = 0; i < lead->following; ++i) {
      const auto byte = static_cast<std::uint8_t>(text[at++]);
      if ((byte & 0xC0U) != 0x80) return std::nullopt;
      character = (character << 6U) | (byte & 0x3FU);
    }
    const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
    if (character < lead->least || character > 0x10FFFF || surrogate) return std::nullopt;
    characters.push_back(character);
  }
  return characters;
}

std::string encode_utf8(std::u32string_view characters) {
  const auto tail = [](char32_t character, unsigned shift) {
    return static_cast<char>(0x80U | ((character >> shift) & 0x3FU));
  };
  std::string text;
  text.reserve(characters.size());
  for (const char32_t c : characters) {
    if (c < 0x80) {
      text.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
      text.append({static_cast<char>(0xC0U | (c >> 6U)), tail(c, 0)});
    } else if (c < 0x10000) {
      text.append({static_cast<char>(0xE0U | (c >> 12U)), tail(c, 6), tail(c, 0)});
    } else {
      text.append({static_cast<char>(0xF0U | (c >> 18U)), tail(c, 12), tail(c, 6), tail(c, 0)});
    }
  }
  return text;
}

}  // namespace retrochat
