// RoomsTable: the rooms and whose they are.
//
// Threads: any.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/rows.h"
#include "text/handle.h"
#include "text/room_name.h"
#include "text/short_text.h"

namespace retrochat {

/// What an owner says of a room.
struct RoomSettings {
  RoomName name;
  ShortText topic = {};
  RoomEntry entry = RoomEntry::signed_in;
  /// What its passphrase is proved against; nothing to leave it as it is.
  std::optional<std::string> passphrase_hash = {};
  std::vector<Handle> listed = {};
  bool reposts = false;
};

/// A room as lists show it.
struct RoomListing {
  Room room;
  std::vector<Member> inside;
};

class RoomsTable {
 public:
  explicit RoomsTable(Database& database) : database_(database) {}

  /// The owner's next room, with a number that none of theirs ever had. too_many_rooms.
  Answer<Room> add(const Account& owner, const RoomSettings& settings, TimePoint now);

  /// A changed passphrase asks everybody again who had given the one before. No error when the room is gone.
  Done alter(RoomId room, const RoomSettings& settings);

  /// The room with all that was said in it. No error when it is gone already.
  Done erase(RoomId room);

  /// no_such_room.
  Answer<Room> find(const Handle& owner, RoomNumber number);

  /// The rooms that `viewer` may enter, or could after signing in or giving a passphrase; nobody for a stranger. At most
  /// limits::kRoomsListed: rooms with somebody inside first, then by when something last happened there.
  Answer<std::vector<RoomListing>> list_for(const std::optional<Account>& viewer);

  /// The same of one owner's rooms, by their numbers. no_such_person when there is nobody by that handle.
  Answer<std::vector<RoomListing>> list_of(const Handle& owner,
                                           const std::optional<Account>& viewer);

 private:
  Database& database_;
};

}  // namespace retrochat
