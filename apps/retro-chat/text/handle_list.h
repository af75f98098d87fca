// Handle lists: whom an owner names, as typed into one box.
//
// Separated by line ends, spaces or commas, the Japanese ones among them; each as Handle::parse takes it, so an '@' in
// front is no mistake.
//
// Threads: any.
#pragma once

#include <string_view>
#include <vector>

#include "text/answer.h"
#include "text/handle.h"

namespace retrochat {

/// Each once, in the order of their first naming; none for blank text. handle_too_long, handle_letters,
/// too_many_listed (limits::kListedPerRoom).
[[nodiscard]] Answer<std::vector<Handle>> parse_handle_list(std::string_view text);

}  // namespace retrochat
