// members_of: who is inside a room, for the tables that show it.
//
// Threads: inside a transaction only.
#pragma once

#include <SQLiteCpp/Database.h>

#include <vector>

#include "store/rows.h"

namespace retrochat {

/// By who came first or changed last. Throws what SQLite throws; Database::transact catches it.
[[nodiscard]] std::vector<Member> members_of(SQLite::Database& sql, RoomId room);

}  // namespace retrochat
