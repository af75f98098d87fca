// SearchWords: what somebody looks for in a conversation. Up to 100 characters, cleaned (text/clean_text.h).
//
// Words stand apart by spaces, the wide one of Japanese too. A line is found when all of them occur in it, anywhere and in
// large or small letters. Nothing in a word has a meaning of its own: neither quotation marks nor NEAR, * or %.
//
// Threads: any (a plain value).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/answer.h"

namespace retrochat {

/// A line is its pieces in a row; those that were looked for are hits.
struct LinePiece {
  std::string text;
  bool is_hit = false;
};

class SearchWords {
 public:
  /// No words, and no error, when there is nothing but space. not_text, search_too_long.
  static Answer<SearchWords> parse(std::string_view text);

  [[nodiscard]] bool empty() const { return words_.empty(); }
  /// As typed, cleaned.
  [[nodiscard]] const std::string& text() const { return text_; }

  /// The words of three or more characters, as SQLite's FTS5 (trigram) takes them, each between quotation marks; empty when
  /// all are shorter, which its index does not know.
  [[nodiscard]] std::string indexed() const;

  /// Whether all words that indexed() leaves out occur in `line`. REQUIRES: `line` is well-formed.
  [[nodiscard]] bool short_ones_occur_in(std::string_view line) const;

  /// REQUIRES: `line` is well-formed.
  [[nodiscard]] std::vector<LinePiece> pieces(std::string_view line) const;

 private:
  std::string text_;
  std::vector<std::u32string> words_;  // In small letters.
};

}  // namespace retrochat
