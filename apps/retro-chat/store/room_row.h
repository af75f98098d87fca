// A room as it stands in a query's row.
//
// Threads: any; within Database::transact.
#pragma once

#include <SQLiteCpp/Statement.h>

#include "store/rows.h"

namespace retrochat {

/// The columns that room_at() reads, of rooms AS r joined with accounts AS o, its owner.
inline constexpr const char* kRoomColumns =
    "r.id, o.id, o.handle, r.number, r.name, r.topic, r.entry, r.reposts, "
    "EXISTS (SELECT 1 FROM repost_targets WHERE room_id = r.id)";
inline constexpr int kRoomColumnCount = 9;

/// The room in the columns from `first` on.
[[nodiscard]] Room room_at(SQLite::Statement& row, int first = 0);

}  // namespace retrochat
