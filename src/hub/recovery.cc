#include "hub/recovery.h"

#include <algorithm>

namespace tayori::hub {

StartingPoint starting_point(const std::optional<Cursor>& cursor, const std::optional<Cursor>& bookmark,
                             const Cursor& head) {
  const bool has_bookmark = bookmark && bookmark->epoch == head.epoch;
  if (cursor) {
    if (cursor->epoch != head.epoch) return {.place = {}, .foreign = cursor};
    const Sequence marked = has_bookmark ? bookmark->sequence : Sequence{};
    return {.place = std::max(cursor->sequence, marked), .foreign = {}};
  }
  if (has_bookmark) return {.place = bookmark->sequence, .foreign = {}};
  if (bookmark) return {.place = {}, .foreign = bookmark};
  return {.place = head.sequence, .foreign = {}};
}

}  // namespace tayori::hub
