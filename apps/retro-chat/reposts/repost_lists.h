// The lists of re-posted lines: their addresses, and the same in Hatena notation (はてな記法).
//
// Hatena notation: a post on X is [twitter:ID:detail], as Retro Chat wrote it in 2010; any other is [URL:embed:cite], which
// is how Hatena Blog's entries embed an address today (2010's Hatena Diary had [URL:title=...]).
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
