// DoorsTable: whom each room's door knows: the listed, those who gave the passphrase, those shown out.
//
// Threads: any.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/rows.h"
#include "text/handle.h"

namespace retrochat {

/// How somebody stands with a room's door.
struct Standing {
  bool listed = false;
  /// They have given the room's passphrase.
  bool admitted = false;
  /// The owner has shown them out.
  bool removed = false;
};

class DoorsTable {
 public:
  explicit DoorsTable(Database& database) : database_(database) {}

  Answer<Standing> standing(RoomId room, const Account& who);

  /// The hash that a room's passphrase is proved against; empty when it has none.
  Answer<std::string> passphrase_hash(RoomId room);

  /// They have given the passphrase. No error when they had.
  Done admit(RoomId room, AccountId who);

  /// Shows `who` out until let_in_again(). Of more than limits::kRemovedPerRoom the first are forgotten.
  Done remove(RoomId room, AccountId who, TimePoint now);
  /// No error when they were not shown out.
  Done let_in_again(RoomId room, AccountId who);

  /// By handle.
  Answer<std::vector<std::string>> listed(RoomId room);
  /// The latest first.
  Answer<std::vector<Account>> removed(RoomId room);

 private:
  Database& database_;
};

}  // namespace retrochat
