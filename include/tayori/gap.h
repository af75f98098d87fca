// Gap: the statement that entries of the log are no longer held.
//
// Threads: any (a plain value).
// Source:  spec/protocol.md 1
#pragma once

#include "tayori/cursor.h"

namespace tayori {

/// What lay after `from`, up to and including `to`, is no longer held.
struct Gap {
  Cursor from;
  Cursor to;
  friend bool operator==(const Gap&, const Gap&) = default;
};

}  // namespace tayori
