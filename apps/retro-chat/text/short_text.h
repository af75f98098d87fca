// ShortText: one line of text that may be empty: a room's topic, the word that somebody away leaves behind.
//
// Threads: any (a plain value).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "text/answer.h"

namespace retrochat {

class ShortText {
 public:
  /// Cleaned (text/clean_text.h), up to limits::kTopicChars characters. not_text, topic_too_long.
  static Answer<ShortText> topic(std::string_view text);
  /// Cleaned, up to limits::kAwayWordChars characters. not_text, away_word_too_long.
  static Answer<ShortText> away_word(std::string_view text);

  ShortText() = default;  ///< Empty.
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  static Answer<ShortText> within(std::size_t characters, std::string_view text, Refusal too_long);
  explicit ShortText(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace retrochat
