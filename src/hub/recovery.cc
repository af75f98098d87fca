#include "hub/recovery.h"

namespace tayori::hub {

StartingPoint starting_point(const std::optional<Cursor>& cursor,
                             const std::optional<Cursor>& bookmark, const Cursor& head) {
  const std::optional<Cursor>& named = cursor ? cursor : bookmark;
  if (named && named->epoch == head.epoch) return {.place = named->sequence, .foreign = {}};
  if (named) return {.place = {}, .foreign = named};
  return {.place = head.sequence, .foreign = {}};
}

}  // namespace tayori::hub
