// RoomsTable: the rooms and whose they are, until they are erased.
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

  /// From now on there is no such room, and nobody inside. What was said in it goes with clear_erased(). No error when it is gone
  /// already.
  Done erase(RoomId room);

  /// Deletes what erased rooms have left behind, at most limits::kErasedAtOnce rows, so that others wait for the store no longer than
  /// that takes. Whether there may be more. What a program that was stopped has left over is found again.
  Answer<bool> clear_erased();

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
