#include "store/room_row.h"

#include <SQLiteCpp/Column.h>

namespace retrochat {

Room room_at(SQLite::Statement& row, int first) {
  Room room{RoomId{row.getColumn(first).getInt64()},
            {AccountId{row.getColumn(first + 1).getInt64()}, row.getColumn(first + 2).getString()},
            RoomNumber{row.getColumn(first + 3).getInt64()},
            row.getColumn(first + 4).getString()};
  room.topic = row.getColumn(first + 5).getString();
  room.entry = room_entry_of(row.getColumn(first + 6).getString()).value_or(RoomEntry::closed);
  room.reposts = row.getColumn(first + 7).getInt() != 0;
  room.has_target = row.getColumn(first + 8).getInt() != 0;
  return room;
}

}  // namespace retrochat
