// Word tables: the words of each part of the house, in a file each (words_PART.cc).
//
// Pairs named ..._BEFORE and ..._AFTER stand on both sides of a value, since the two languages put it in different
// places.
//
// Threads: any (constants).
#pragma once

#include "pages/words.h"

namespace retrochat::word_tables {

std::span<const Word> frame();
std::span<const Word> entrance();
std::span<const Word> accounts();
std::span<const Word> owner();
std::span<const Word> room();
std::span<const Word> log();
std::span<const Word> reposts();

}  // namespace retrochat::word_tables
