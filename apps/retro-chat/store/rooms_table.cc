#include "store/rooms_table.h"

#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <iterator>

#include "store/members_query.h"
#include "store/room_row.h"
#include "text/limits.h"

namespace retrochat {
namespace {

bool has_all_they_may(SQLite::Database& sql, AccountId owner) {
  SQLite::Statement query(sql, "SELECT count(*) FROM rooms WHERE owner_id = ? AND erased = 0");
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

void put_settings(SQLite::Database& sql, RoomId room, const RoomSettings& settings) {
  SQLite::Statement update(
      sql, "UPDATE rooms SET name = ?, topic = ?, entry = ?, reposts = ? WHERE id = ?");
  update.bind(1, settings.name.text());
  update.bind(2, settings.topic.text());
  update.bind(3, std::string(name(settings.entry)));
  update.bind(4, settings.reposts ? 1 : 0);
  update.bind(5, room.value);
  update.exec();
}

void put_passphrase(SQLite::Database& sql, RoomId room, const std::string& hash) {
  SQLite::Statement update(sql, "UPDATE rooms SET passphrase_hash = ? WHERE id = ?");
  update.bind(1, hash);
  update.bind(2, room.value);
  update.exec();
  SQLite::Statement forget(sql, "DELETE FROM admitted WHERE room_id = ?");
  forget.bind(1, room.value);
  forget.exec();
}

void put_listed(SQLite::Database& sql, RoomId room, const std::vector<Handle>& handles) {
  SQLite::Statement forget(sql, "DELETE FROM listed WHERE room_id = ?");
  forget.bind(1, room.value);
  forget.exec();
  SQLite::Statement insert(sql, "INSERT OR IGNORE INTO listed (room_id, handle) VALUES (?, ?)");
  for (const Handle& handle : handles) {
    insert.bind(1, room.value);
    insert.bind(2, handle.text());
    insert.exec();
    insert.reset();
  }
}

/// Deletes the first rows of `room` in `table`, limits::kErasedAtOnce at most; how many there were.
int delete_some(SQLite::Database& sql, const std::string& table, RoomId room) {
  SQLite::Statement remove(sql, "DELETE FROM " + table + " WHERE id IN (SELECT id FROM " + table +
                                    " WHERE room_id = ? LIMIT ?)");
  remove.bind(1, room.value);
  remove.bind(2, limits::kErasedAtOnce);
  return remove.exec();
}

RoomId insert_room(SQLite::Database& sql, const Account& owner, const RoomSettings& settings,
                   TimePoint now) {
  SQLite::Statement insert(sql,
                           "INSERT INTO rooms (owner_id, number, name, created_at, lively_at) "
                           "VALUES (?1, ?2, ?3, ?4, ?4)");
  insert.bind(1, owner.id.value);
  insert.bind(2, next_number(sql, owner.id).value);
  insert.bind(3, settings.name.text());
  insert.bind(4, now.time_since_epoch().count());
  insert.exec();
  return RoomId{sql.getLastInsertRowid()};
}

void put_all(SQLite::Database& sql, RoomId room, const RoomSettings& settings) {
  put_settings(sql, room, settings);
  put_listed(sql, room, settings.listed);
  if (settings.passphrase_hash) put_passphrase(sql, room, *settings.passphrase_hash);
}

const std::string kSelectRooms =
    std::string("SELECT ") + kRoomColumns +
    " FROM rooms r JOIN accounts o ON o.id = r.owner_id WHERE r.erased = 0 AND ";

/// Whether account ?1 with handle ?2 (0 and '' for a stranger) may enter room r, or could after doing what its door asks.
constexpr const char* kMayBeShown =
    "(r.owner_id = ?1 OR (r.entry <> 'closed' "
    "AND (r.entry <> 'listed' OR EXISTS "
    "(SELECT 1 FROM listed l WHERE l.room_id = r.id AND l.handle = ?2)) "
    "AND NOT EXISTS (SELECT 1 FROM removed x WHERE x.room_id = r.id AND x.account_id = ?1))) ";

void bind_viewer(SQLite::Statement& query, const std::optional<Account>& viewer) {
  query.bind(1, viewer ? viewer->id.value : 0);
  // A guest is nobody that an owner could have named.
  query.bind(2, viewer && !viewer->is_guest ? viewer->handle : "");
}

std::vector<RoomListing> listings_of(SQLite::Database& sql, SQLite::Statement& query) {
  std::vector<RoomListing> listings;
  while (query.executeStep()) {
    Room room = room_at(query);
    std::vector<Member> inside = members_of(sql, room.id);
    listings.push_back({std::move(room), std::move(inside)});
  }
  return listings;
}

/// Of the rooms that fulfil `condition` too, the `count` in which something happened last.
std::vector<RoomListing> liveliest(SQLite::Database& sql, const std::optional<Account>& viewer,
                                   const std::string& condition, std::uint32_t count) {
  SQLite::Statement query(
      sql, kSelectRooms + kMayBeShown + "AND " + condition + " ORDER BY r.lively_at DESC LIMIT ?3");
  bind_viewer(query, viewer);
  query.bind(3, count);
  return listings_of(sql, query);
}

bool is_somebody(SQLite::Database& sql, const Handle& handle) {
  SQLite::Statement query(sql, "SELECT 1 FROM accounts WHERE handle = ?");
  query.bind(1, handle.text());
  return query.executeStep();
}

}  // namespace

Answer<Room> RoomsTable::add(const Account& owner, const RoomSettings& settings, TimePoint now) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<Room> {
    if (has_all_they_may(sql, owner.id)) return Refusal::too_many_rooms;
    const RoomId room = insert_room(sql, owner, settings, now);
    put_all(sql, room, settings);
    SQLite::Statement query(sql, kSelectRooms + "r.id = ?");
    query.bind(1, room.value);
    query.executeStep();
    return room_at(query);
  });
}

Done RoomsTable::alter(RoomId room, const RoomSettings& settings) {
  return database_.transact([&](SQLite::Database& sql) -> Done {
    put_all(sql, room, settings);
    return done();
  });
}

Done RoomsTable::erase(RoomId room) {
  return database_.transact([&](SQLite::Database& sql) -> Done {
    SQLite::Statement mark(sql, "UPDATE rooms SET erased = 1 WHERE id = ?");
    mark.bind(1, room.value);
    mark.exec();
    // Who is inside, whom its door knows, and where it posts on to; what is left is read nowhere without the room.
    for (const char* table : {"members", "listed", "admitted", "removed", "repost_targets"}) {
      SQLite::Statement statement(sql, std::string("DELETE FROM ") + table + " WHERE room_id = ?");
      statement.bind(1, room.value);
      statement.exec();
    }
    return done();
  });
}

Answer<bool> RoomsTable::clear_erased() {
  return database_.transact([&](SQLite::Database& sql) -> Answer<bool> {
    SQLite::Statement query(sql, "SELECT id FROM rooms WHERE erased = 1 LIMIT 1");
    if (!query.executeStep()) return false;
    const RoomId room{query.getColumn(0).getInt64()};
    query.reset();
    for (const char* table : {"events", "reposts"}) {
      if (delete_some(sql, table, room) > 0) return true;
    }
    SQLite::Statement remove(sql, "DELETE FROM rooms WHERE id = ?");
    remove.bind(1, room.value);
    remove.exec();
    return true;
  });
}

Answer<Room> RoomsTable::find(const Handle& owner, RoomNumber number) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<Room> {
    SQLite::Statement query(sql, kSelectRooms + "o.handle = ? AND r.number = ?");
    query.bind(1, owner.text());
    query.bind(2, number.value);
    if (!query.executeStep()) return Refusal::no_such_room;
    return room_at(query);
  });
}

Answer<std::vector<RoomListing>> RoomsTable::list_for(const std::optional<Account>& viewer) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::vector<RoomListing>> {
    auto listings =
        liveliest(sql, viewer, "r.id IN (SELECT room_id FROM members)", limits::kRoomsListed);
    const auto rest = limits::kRoomsListed - static_cast<std::uint32_t>(listings.size());
    // Asked for apart: in the order of an index the quiet ones need neither be looked at all nor sorted.
    auto quiet =
        liveliest(sql, viewer, "NOT EXISTS (SELECT 1 FROM members m WHERE m.room_id = r.id)", rest);
    std::ranges::move(quiet, std::back_inserter(listings));
    return listings;
  });
}

Answer<std::vector<RoomListing>> RoomsTable::list_of(const Handle& owner,
                                                     const std::optional<Account>& viewer) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::vector<RoomListing>> {
    if (!is_somebody(sql, owner)) return Refusal::no_such_person;
    SQLite::Statement query(
        sql, kSelectRooms + kMayBeShown + "AND o.handle = ?3 ORDER BY r.number LIMIT ?4");
    bind_viewer(query, viewer);
    query.bind(3, owner.text());
    query.bind(4, limits::kRoomsListed);
    return listings_of(sql, query);
  });
}

}  // namespace retrochat
