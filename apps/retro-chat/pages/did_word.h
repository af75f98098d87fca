// did_word: what somebody did, in words that follow their handle: " came in".
//
// Threads: any.
#pragma once

#include <string_view>

#include "store/rows.h"
#include "text/language.h"

namespace retrochat {

/// Empty with speak.
[[nodiscard]] std::string_view did_word(EventKind kind, Language language);

}  // namespace retrochat
