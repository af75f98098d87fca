#include "store/doors_table.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>

#include "text/limits.h"

namespace retrochat {
namespace {

bool is_there(SQLite::Database& sql, const char* query_text, RoomId room, AccountId who) {
  SQLite::Statement query(sql, query_text);
  query.bind(1, room.value);
  query.bind(2, who.value);
  return query.executeStep();
}

void run(SQLite::Database& sql, const char* text, RoomId room, AccountId who) {
  SQLite::Statement statement(sql, text);
  statement.bind(1, room.value);
  statement.bind(2, who.value);
  statement.exec();
}

void forget_first_removed(SQLite::Database& sql, RoomId room) {
  SQLite::Statement forget(sql,
                           "DELETE FROM removed WHERE room_id = ?1 AND account_id IN (SELECT "
                           "account_id FROM removed WHERE room_id = ?1 "
                           "ORDER BY at DESC, account_id DESC LIMIT -1 OFFSET ?2)");
  forget.bind(1, room.value);
  forget.bind(2, limits::kRemovedPerRoom);
  forget.exec();
}

}  // namespace

Answer<Standing> DoorsTable::standing(RoomId room, const Account& who) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<Standing> {
    Standing standing;
    SQLite::Statement listed(sql, "SELECT 1 FROM listed WHERE room_id = ? AND handle = ?");
    listed.bind(1, room.value);
    listed.bind(2, who.handle);
    standing.listed = listed.executeStep();
    standing.admitted =
        is_there(sql, "SELECT 1 FROM admitted WHERE room_id = ? AND account_id = ?", room, who.id);
    standing.removed =
        is_there(sql, "SELECT 1 FROM removed WHERE room_id = ? AND account_id = ?", room, who.id);
    return standing;
  });
}

Answer<std::string> DoorsTable::passphrase_hash(RoomId room) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::string> {
    SQLite::Statement query(sql, "SELECT passphrase_hash FROM rooms WHERE id = ? AND erased = 0");
    query.bind(1, room.value);
    if (!query.executeStep()) return Refusal::no_such_room;
    return query.getColumn(0).getString();
  });
}

Done DoorsTable::admit(RoomId room, AccountId who) {
  return database_.transact([&](SQLite::Database& sql) -> Done {
    run(sql, "INSERT OR IGNORE INTO admitted (room_id, account_id) VALUES (?, ?)", room, who);
    return done();
  });
}

Done DoorsTable::remove(RoomId room, AccountId who, TimePoint now) {
  return database_.transact([&](SQLite::Database& sql) -> Done {
    SQLite::Statement put(sql, "REPLACE INTO removed (room_id, account_id, at) VALUES (?, ?, ?)");
    put.bind(1, room.value);
    put.bind(2, who.value);
    put.bind(3, now.time_since_epoch().count());
    put.exec();
    forget_first_removed(sql, room);
    return done();
  });
}

Done DoorsTable::let_in_again(RoomId room, AccountId who) {
  return database_.transact([&](SQLite::Database& sql) -> Done {
    run(sql, "DELETE FROM removed WHERE room_id = ? AND account_id = ?", room, who);
    return done();
  });
}

Answer<std::vector<std::string>> DoorsTable::listed(RoomId room) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::vector<std::string>> {
    SQLite::Statement query(sql, "SELECT handle FROM listed WHERE room_id = ? ORDER BY handle");
    query.bind(1, room.value);
    std::vector<std::string> handles;
    while (query.executeStep()) handles.push_back(query.getColumn(0).getString());
    return handles;
  });
}

Answer<std::vector<Account>> DoorsTable::removed(RoomId room) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::vector<Account>> {
    SQLite::Statement query(
        sql,
        "SELECT a.id, a.handle, a.guest FROM removed x JOIN accounts a ON "
        "a.id = x.account_id WHERE x.room_id = ? ORDER BY x.at DESC, a.id DESC");
    query.bind(1, room.value);
    std::vector<Account> people;
    while (query.executeStep()) {
      people.push_back({AccountId{query.getColumn(0).getInt64()}, query.getColumn(1).getString(),
                        query.getColumn(2).getInt() != 0});
    }
    return people;
  });
}

}  // namespace retrochat
