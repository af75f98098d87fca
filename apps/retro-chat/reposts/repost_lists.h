// The lists of re-posted lines: their addresses, and the same in Hatena notation (はてな記法).
//
// Hatena notation: a post on X is [twitter:ID:detail], as Retro Chat wrote it in 2010 and Hatena still reads it; any
// other is [URL:embed:cite], which is what Hatena Blog's editor writes for a pasted address today (2010's Hatena Diary knew
// [URL:title] instead).
//
// Threads: any.
#pragma once

#include <string>
#include <vector>

#include "store/repost_rows.h"

namespace retrochat {

/// One a line, nothing else.
[[nodiscard]] std::string url_list(const std::vector<Repost>& reposts);
[[nodiscard]] std::string hatena_list(const std::vector<Repost>& reposts);

}  // namespace retrochat
