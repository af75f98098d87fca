// Recovery: where in the log a page that opens has to go on.
//
// Pure. A page names up to two places: its token's bookmark and, when it comes back, its own cursor. The cursor
// says what the page has seen, so it counts even where a fresh token's bookmark lies beyond it: what was sent in
// between would otherwise never come. A place of another epoch says only that something may have been missed:
// all that this log holds follows.
//
// Threads: any.
// Source:  spec/protocol.md 2.1, docs/adr/0009
#pragma once

#include <optional>
#include <string>

#include "tayori/cursor.h"

namespace tayori::hub {

struct StartingPoint {
  Sequence place;
  /// The place of another epoch that the page named: a gap from there comes first.
  std::optional<Cursor> foreign;
};

/// `cursor` is the page's own, `bookmark` its token's; a page without both starts at `head`.
StartingPoint starting_point(const std::optional<Cursor>& cursor,
                             const std::optional<Cursor>& bookmark, const Cursor& head);

}  // namespace tayori::hub
