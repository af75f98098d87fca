// Doors: who may come into a room.
//
// The owner always may. Everybody else may as the room's entry says, unless the owner has shown them out:
//
//   everyone     whoever has a session, guests included
//   signed_in    whoever has an account
//   listed       whose handle the owner has listed
//   passphrase   whoever has once given the room's passphrase, until it changes
//   closed       nobody
//
// Threads: any.
#pragma once

#include <mutex>
#include <optional>
#include <string_view>

#include "people/rate.h"
#include "store/doors_table.h"
#include "text/limits.h"

namespace retrochat {

class Doors {
 public:
  Doors(DoorsTable& table, Clock clock) : table_(table), clock_(std::move(clock)) {}

  /// sign_in_first, removed_from_room, not_listed, room_passphrase_missing, room_closed.
  Done may_enter(const Room& room, const std::optional<Account>& who);

  /// Lets `who` in from now on if they know the passphrase. room_passphrase_wrong, too_many_knocks; removed_from_room.
  Done knock(const Room& room, const Account& who, std::string_view passphrase,
             std::string_view peer);

 private:
  DoorsTable& table_;
  const Clock clock_;
  std::mutex proving_;  // Held for a proof, which takes 64 MiB: one at a time.
  Rate by_person_{limits::kKnocksOfPerson, limits::kKnockWindow};
  Rate by_peer_{limits::kKnocksOfPeer, limits::kKnockWindow};
};

}  // namespace retrochat
