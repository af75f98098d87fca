#include "reposts/post_text.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "text/utf8.h"

namespace retrochat {
namespace {

constexpr std::size_t kLinkLength = 23;
constexpr char32_t kEllipsis = U'…';
constexpr char32_t kZeroWidthSpace = 0x200B;

struct Range {
  char32_t first;
  char32_t last;
};

bool is_in(const auto& ranges, char32_t c) {
  return std::ranges::any_of(
      ranges, [c](const Range& range) { return c >= range.first && c <= range.last; });
}

std::size_t limit_of(RepostKind kind) { return kind == RepostKind::x ? 280 : 500; }

std::size_t weight(RepostKind kind, char32_t c) {
  static constexpr std::array<Range, 4> kLight{
      {{0, 0x10FF}, {0x2000, 0x200D}, {0x2010, 0x201F}, {0x2032, 0x2037}}};
  return kind == RepostKind::x && !is_in(kLight, c) ? 2 : 1;
}

/// Belongs to the character before it.
bool extends(char32_t c) {
  static constexpr std::array<Range, 8> kExtending{{{0x0300, 0x036F},
                                                    {0x0483, 0x0489},
                                                    {0x1AB0, 0x1AFF},
                                                    {0x1DC0, 0x1DFF},
                                                    {0x200D, 0x200D},
                                                    {0x20D0, 0x20FF},
                                                    {0x3099, 0x309A},
                                                    {0xFE00, 0xFE2F}}};
  return is_in(kExtending, c) || (c >= 0x1F3FB && c <= 0x1F3FF);
}

bool is_word(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9') ||
         c == U'_';
}

/// How many characters of `text` are a link: a scheme, a host with a dot, and what may follow it. 0 for none.
std::size_t link_at(std::u32string_view text) {
  constexpr std::u32string_view kSecure = U"https://";
  constexpr std::u32string_view kPlain = U"http://";
  std::size_t at = 0;
  if (text.starts_with(kSecure))
    at = kSecure.size();
  else if (text.starts_with(kPlain))
    at = kPlain.size();
  else
    return 0;
  const std::size_t host = at;
  while (at < text.size() &&
         ((is_word(text[at]) && text[at] != U'_') || text[at] == U'-' || text[at] == U'.'))
    ++at;
  const std::size_t dot = text.substr(host, at - host).rfind(U'.');
  if (dot == std::u32string_view::npos || dot == 0 || host + dot + 3 > at) return 0;
  constexpr std::u32string_view kInPath = U"-._~!*=:+,$/%#[]@|&?;'";
  if (at < text.size() && (text[at] == U'/' || text[at] == U'?' || text[at] == U':')) {
    while (at < text.size() && (is_word(text[at]) || kInPath.find(text[at]) != kInPath.npos)) ++at;
  }
  constexpr std::u32string_view kNotLast = U".,!?:;'[]";
  while (kNotLast.find(text[at - 1]) != kNotLast.npos) --at;
  return at;
}

/// What is kept or left out as one: a link, or a character with its marks.
struct Piece {
  std::u32string_view text;
  std::size_t length;
};

std::vector<Piece> pieces_of(RepostKind kind, std::u32string_view text) {
  std::vector<Piece> pieces;
  while (!text.empty()) {
    std::size_t count = link_at(text);
    std::size_t length = kLinkLength;
    if (count == 0) {
      length = weight(kind, text[count++]);
      while (count < text.size() && (extends(text[count]) || text[count - 1] == 0x200D))
        length += weight(kind, text[count++]);
    }
    pieces.push_back({text.substr(0, count), length});
    text.remove_prefix(count);
  }
  return pieces;
}

std::size_t total(const std::vector<Piece>& pieces) {
  std::size_t length = 0;
  for (const Piece& piece : pieces) length += piece.length;
  return length;
}

/// "@name" with something unseen after the "@", where a service would see a name of its own.
std::u32string without_calls(std::u32string_view text) {
  std::u32string quiet;
  for (std::size_t i = 0; i < text.size(); ++i) {
    quiet += text[i];
    const bool is_at = text[i] == U'@' || text[i] == U'＠';
    const bool begins =
        i == 0 || !(is_word(text[i - 1]) || text[i - 1] == U'/' || text[i - 1] == U'=');
    if (is_at && begins && i + 1 < text.size() && is_word(text[i + 1])) quiet += kZeroWidthSpace;
  }
  return quiet;
}

std::u32string shortened(RepostKind kind, const std::vector<Piece>& pieces) {
  const std::size_t room = limit_of(kind) - weight(kind, kEllipsis);
  std::u32string text;
  std::size_t length = 0;
  for (const Piece& piece : pieces) {
    length += piece.length;
    if (length > room) break;
    text += piece.text;
  }
  return text + kEllipsis;
}

}  // namespace

std::string post_text(RepostKind kind, const SpokenLine& spoken) {
  const auto given = decode_utf8(spoken.who + ": " + spoken.line);
  if (!given) return {};  // The store holds UTF-8 only.
  const std::u32string text = without_calls(*given);
  const auto pieces = pieces_of(kind, text);
  const std::size_t length = total(pieces);
  if (length > limit_of(kind)) return encode_utf8(shortened(kind, pieces));
  const std::string whole = encode_utf8(text);
  const std::size_t with_link = spoken.link.empty() ? 0 : 1 + post_length(kind, spoken.link);
  return with_link > 0 && length + with_link <= limit_of(kind) ? whole + " " + spoken.link : whole;
}

std::size_t post_length(RepostKind kind, const std::string& text) {
  const auto decoded = decode_utf8(text);
  return decoded ? total(pieces_of(kind, *decoded)) : 0;
}

}  // namespace retrochat
