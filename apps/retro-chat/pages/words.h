// Words: what the pages say, in both languages side by side.
//
// A template writes {{W_SIGN_IN}} for the word SIGN_IN. words_test.cc sees to it that every word a template uses is here,
// and that none is here for nothing.
//
// Threads: any (constants).
#pragma once

#include <span>
#include <string_view>

#include "text/language.h"

namespace retrochat {

struct Word {
  /// As templates write it.
  std::string_view key;
  std::string_view ja;
  std::string_view en;

  [[nodiscard]] std::string_view in(Language language) const {
    return language == Language::ja ? ja : en;
  }
};

[[nodiscard]] std::span<const Word> words();

/// REQUIRES: there is such a word.
[[nodiscard]] std::string_view word(std::string_view key, Language language);

}  // namespace retrochat
