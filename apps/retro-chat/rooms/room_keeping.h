// RoomKeeping: what owners do with their rooms: open, alter, delete them, show people out, let them in again.
//
// Everything but opening is refused to others (not_your_room).
//
// Threads: any.
// Source:  channel-api.md 11, features 2 and 3
#pragma once

#include <mutex>
#include <string_view>

#include "people/passphrase_hash.h"
#include "rooms/rooms.h"
#include "store/doors_table.h"

namespace retrochat {

/// What an owner asks for. Without a passphrase the room keeps the one it has.
struct RoomWishes {
  RoomSettings settings;
  std::optional<Passphrase> passphrase = {};
};

class RoomKeeping {
 public:
  struct Store {
    AccountsTable& accounts;
    RoomsTable& rooms;
    DoorsTable& doors;
  };

  RoomKeeping(Store store, Rooms& rooms, PassphraseCost cost, Clock clock);

  /// guests_own_nothing, too_many_rooms; room_passphrase_too_short when entry asks for one and none is given.
  Answer<Room> open(const Account& owner, const RoomWishes& wishes);

  /// Those inside who may be there no longer are shown out. As open().
  Done alter(const Room& room, const Account& who, const RoomWishes& wishes);

  /// The room, its number for ever, and all that was said in it, which sweep() deletes by and by.
  Done erase(const Room& room, const Account& who);

  /// Out they go, and stay until let in again. no_such_person, owner_stays.
  Done show_out(const Room& room, const Account& who, std::string_view handle);
  Done let_in_again(const Room& room, const Account& who, std::string_view handle);

  /// For the page on which an owner does all this. not_your_room.
  struct Books {
    std::vector<Member> inside;
    std::vector<Account> removed;
    std::vector<std::string> listed;
  };
  Answer<Books> books(const Room& room, const Account& who);

  /// Deletes some of what erased rooms have left behind. To be called about once a second.
  void sweep();

 private:
  /// The settings with the hash of the passphrase wished for.
  Answer<RoomSettings> settled(const RoomWishes& wishes, bool has_passphrase);
  Answer<Account> person(std::string_view handle);

  AccountsTable& accounts_;
  RoomsTable& table_;
  DoorsTable& doors_;
  Rooms& rooms_;
  const PassphraseCost cost_;
  const Clock clock_;
  std::mutex hashing_;  // Held for a hash, which takes 64 MiB: one at a time.
};

}  // namespace retrochat
