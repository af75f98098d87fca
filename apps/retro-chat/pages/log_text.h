// A room's conversation as plain text, to be kept: a heading, then each line on one line.
//
//   2026-01-31 09:05:07 ann: hello
//   2026-01-31 09:05:11 * bob stepped away (tea)
//
// All times in one text have the same distance from UTC, the server's when it was made, and the heading names it. What people
// say has no line breaks, and no handle is "*", so that nobody can write a line in another's name.
//
// Threads: any.
#pragma once

#include <string>
#include <vector>

#include "store/rows.h"
#include "text/language.h"

namespace retrochat {

[[nodiscard]] std::string log_text(const Room& room, const std::vector<Event>& events,
                                   TimePoint now, Language language);

/// "retro-chat-ann-1-2026-01-31.txt"
[[nodiscard]] std::string log_file_name(const Room& room, TimePoint now);

}  // namespace retrochat
