// RoomsTable: the rooms and whose they are.
//
// Threads: any.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "store/database.h"
#include "store/rows.h"
#include "text/handle.h"
#include "text/room_name.h"

namespace retrochat {

/// A room as the front page shows it.
struct RoomListing {
  Room room;
  std::vector<Member> inside;
};

class RoomsTable {
 public:
  explicit RoomsTable(Database& database) : database_(database) {}

  /// The owner's next room. too_many_rooms.
  Answer<Room> add(const Account& owner, const RoomName& name, TimePoint now);

  /// no_such_room.
  Answer<Room> find(const Handle& owner, RoomNumber number);

  /// At most limits::kRoomsListed: rooms with somebody inside first, then by when something last happened there.
  Answer<std::vector<RoomListing>> list();

 private:
  Database& database_;
};

}  // namespace retrochat
