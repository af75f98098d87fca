#include "pages/words.h"

#include <algorithm>
#include <vector>

#include "pages/word_tables.h"

namespace retrochat {
namespace {

std::vector<Word> all_words() {
  std::vector<Word> all;
  for (const auto table :
       {word_tables::frame(), word_tables::entrance(), word_tables::accounts(),
        word_tables::owner(), word_tables::room(), word_tables::log(), word_tables::reposts()}) {
    all.insert(all.end(), table.begin(), table.end());
  }
  return all;
}

}  // namespace

std::span<const Word> words() {
  static const std::vector<Word> all = all_words();
  return all;
}

std::string_view word(std::string_view key, Language language) {
  return std::ranges::find(words(), key, &Word::key)->in(language);
}

}  // namespace retrochat
