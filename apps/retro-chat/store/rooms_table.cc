#include "store/rooms_table.h"

#include <SQLiteCpp/Statement.h>

#include "store/members_query.h"
#include "store/room_row.h"
#include "text/limits.h"

namespace retrochat {
namespace {

bool has_all_they_may(SQLite::Database& sql, AccountId owner) {
  SQLite::Statement query(sql, "SELECT count(*) FROM rooms WHERE owner_id = ?");
  query.bind(1, owner.value);
  query.executeStep();
  return query.getColumn(0).getInt64() >= static_cast<std::int64_t>(limits::kRoomsPerOwner);
}

RoomNumber next_number(SQLite::Database& sql, AccountId owner) {
  SQLite::Statement update(
      sql, "UPDATE accounts SET last_room = last_room + 1 WHERE id = ? RETURNING last_room");
  update.bind(1, owner.value);
  if (!update.executeStep()) throw SQLite::Exception("a room was opened for nobody");
  const RoomNumber number{update.getColumn(0).getInt64()};
  update.executeStep();  // To the end: a row that is only returned is not yet written for good.
  return number;
}

}  // namespace

Answer<Room> RoomsTable::add(const Account& owner, const RoomName& name, TimePoint now) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<Room> {
    if (has_all_they_may(sql, owner.id)) return Refusal::too_many_rooms;
    const RoomNumber number = next_number(sql, owner.id);
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
    SQLite::Statement query(sql, std::string("SELECT ") + kRoomColumns +
                                     " FROM rooms r JOIN accounts o ON o.id = r.owner_id "
                                     "WHERE o.handle = ? AND r.number = ?");
    query.bind(1, owner.text());
    query.bind(2, number.value);
    if (!query.executeStep()) return Refusal::no_such_room;
    return room_at(query);
  });
}

Answer<std::vector<RoomListing>> RoomsTable::list() {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::vector<RoomListing>> {
    SQLite::Statement query(
        sql, std::string("SELECT ") + kRoomColumns +
                 " FROM rooms r JOIN accounts o ON o.id = r.owner_id "
                 "ORDER BY EXISTS (SELECT 1 FROM members m WHERE m.room_id = r.id) DESC, "
                 "r.lively_at DESC LIMIT ?");
    query.bind(1, limits::kRoomsListed);
    std::vector<RoomListing> listings;
    while (query.executeStep()) {
      Room room = room_at(query);
      std::vector<Member> inside = members_of(sql, room.id);
      listings.push_back({std::move(room), std::move(inside)});
    }
    return listings;
  });
}

}  // namespace retrochat
