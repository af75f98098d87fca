#include "store/rooms_table.h"

#include <SQLiteCpp/Statement.h>

#include "store/members_query.h"
#include "text/limits.h"

namespace retrochat {
namespace {

/// Reads columns r.id, a.id, a.handle, r.number, r.name.
Room room_of(SQLite::Statement& row) {
  return {RoomId{row.getColumn(0).getInt64()},
          {AccountId{row.getColumn(1).getInt64()}, row.getColumn(2).getString()},
          RoomNumber{row.getColumn(3).getInt64()},
          row.getColumn(4).getString()};
}

struct OwnersRooms {
  std::int64_t count = 0;
  std::int64_t last_number = 0;
};

OwnersRooms rooms_of(SQLite::Database& sql, AccountId owner) {
  SQLite::Statement query(
      sql, "SELECT count(*), coalesce(max(number), 0) FROM rooms WHERE owner_id = ?");
  query.bind(1, owner.value);
  query.executeStep();
  return {query.getColumn(0).getInt64(), query.getColumn(1).getInt64()};
}

}  // namespace

Answer<Room> RoomsTable::add(const Account& owner, const RoomName& name, TimePoint now) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<Room> {
    const OwnersRooms owned = rooms_of(sql, owner.id);
    if (owned.count >= static_cast<std::int64_t>(limits::kRoomsPerOwner))
      return Refusal::too_many_rooms;
    const RoomNumber number{owned.last_number + 1};
    SQLite::Statement insert(sql,
                             "INSERT INTO rooms (owner_id, number, name, created_at, lively_at) "
                             "VALUES (?1, ?2, ?3, ?4, ?4)");
    insert.bind(1, owner.id.value);
    insert.bind(2, number.value);
    insert.bind(3, name.text());
    insert.bind(4, now.time_since_epoch().count());
    insert.exec();
    return Room{RoomId{sql.getLastInsertRowid()}, owner, number, name.text()};
  });
}

Answer<Room> RoomsTable::find(const Handle& owner, RoomNumber number) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<Room> {
    SQLite::Statement query(
        sql,
        "SELECT r.id, a.id, a.handle, r.number, r.name FROM rooms r "
        "JOIN accounts a ON a.id = r.owner_id WHERE a.handle = ? AND r.number = ?");
    query.bind(1, owner.text());
    query.bind(2, number.value);
    if (!query.executeStep()) return Refusal::no_such_room;
    return room_of(query);
  });
}

Answer<std::vector<RoomListing>> RoomsTable::list() {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::vector<RoomListing>> {
    SQLite::Statement query(
        sql,
        "SELECT r.id, a.id, a.handle, r.number, r.name FROM rooms r "
        "JOIN accounts a ON a.id = r.owner_id "
        "ORDER BY EXISTS (SELECT 1 FROM members m WHERE m.room_id = r.id) DESC, "
        "r.lively_at DESC LIMIT ?");
    query.bind(1, limits::kRoomsListed);
    std::vector<RoomListing> listings;
    while (query.executeStep()) {
      Room room = room_of(query);
      std::vector<Member> inside = members_of(sql, room.id);
      listings.push_back({std::move(room), std::move(inside)});
    }
    return listings;
  });
}

}  // namespace retrochat
