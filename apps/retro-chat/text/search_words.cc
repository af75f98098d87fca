#include "text/search_words.h"

#include <algorithm>
#include <cstddef>

#include "text/clean_text.h"
#include "text/limits.h"
#include "text/utf8.h"

namespace retrochat {
namespace {

/// Shorter words are not in a trigram index.
constexpr std::size_t kIndexedChars = 3;

bool is_between(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

/// The small letter of the alphabets that have one at a fixed distance: Latin, Greek, Cyrillic, and the wide Latin letters.
char32_t folded(char32_t c) {
  const bool plain = is_between(c, U'A', U'Z') || is_between(c, 0xFF21, 0xFF3A);
  const bool latin = is_between(c, 0xC0, 0xDE) && c != 0xD7;
  const bool greek = is_between(c, 0x391, 0x3AB) && c != 0x3A2;
  if (plain || latin || greek || is_between(c, 0x410, 0x42F)) return c + 0x20;
  if (is_between(c, 0x400, 0x40F)) return c + 0x50;
  return c;
}

std::u32string folded(std::u32string text) {
  std::ranges::transform(text, text.begin(), [](char32_t c) { return folded(c); });
  return text;
}

bool parts_words(char32_t c) { return c == U' ' || c == 0xA0 || c == 0x3000; }

}  // namespace

Answer<SearchWords> SearchWords::parse(std::string_view text) {
  const auto clean = clean_text(text);
  if (!clean) return clean.refusal();
  if (clean->size() > limits::kSearchChars) return Refusal::search_too_long;
  SearchWords search;
  search.text_ = encode_utf8(*clean);
  std::u32string word;
  for (const char32_t c : *clean + U' ') {
    if (!parts_words(c)) {
      word.push_back(folded(c));
    } else if (!word.empty()) {
      search.words_.push_back(std::move(word));
      word.clear();
    }
  }
  return search;
}

std::string SearchWords::indexed() const {
  std::string query;
  for (const std::u32string& word : words_) {
    if (word.size() < kIndexedChars) continue;
    query += query.empty() ? "\"" : " \"";
    for (const char c : encode_utf8(word)) query.append(c == '"' ? 2 : 1, c);
    query += '"';
  }
  return query;
}

bool SearchWords::short_ones_occur_in(std::string_view line) const {
  const auto characters = decode_utf8(line);
  if (!characters) return false;
  const std::u32string small = folded(*characters);
  return std::ranges::all_of(words_, [&small](const std::u32string& word) {
    return word.size() >= kIndexedChars || small.find(word) != std::u32string::npos;
  });
}

std::vector<LinePiece> SearchWords::pieces(std::string_view line) const {
  const auto characters = decode_utf8(line);
  if (!characters) return {{std::string(line)}};
  const std::u32string small = folded(*characters);
  std::vector<bool> hit(small.size(), false);
  for (const std::u32string& word : words_) {
    for (std::size_t at = small.find(word); at != std::u32string::npos;
         at = small.find(word, at + 1))
      std::fill_n(hit.begin() + static_cast<std::ptrdiff_t>(at), word.size(), true);
  }
  std::vector<LinePiece> pieces;
  for (std::size_t first = 0, end = 0; first < small.size(); first = end) {
    while (end < small.size() && hit[end] == hit[first]) ++end;
    pieces.push_back({encode_utf8(characters->substr(first, end - first)), hit[first]});
  }
  return pieces;
}

}  // namespace retrochat
