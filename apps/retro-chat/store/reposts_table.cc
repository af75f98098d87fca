#include "store/reposts_table.h"

#include <SQLiteCpp/Statement.h>

#include <algorithm>

#include "store/room_row.h"
#include "text/limits.h"

namespace retrochat {
namespace {

constexpr const char* kRepostColumns =
    "p.id, p.event, p.who, p.line, p.at, p.key, p.state, p.attempts, p.reason, p.kind, p.post_id, "
    "p.url";
constexpr int kRepostColumnCount = 12;
constexpr const char* kTargetColumns = "t.kind, t.address, t.visibility, t.sealed, t.paused";

std::int64_t stored(TimePoint time) { return time.time_since_epoch().count(); }

Repost repost_at(SQLite::Statement& row) {
  Repost repost{RepostId{row.getColumn(0).getInt64()}};
  if (!row.isColumnNull(1)) repost.event = EventNumber{row.getColumn(1).getInt64()};
  repost.who = row.getColumn(2).getString();
  repost.line = row.getColumn(3).getString();
  repost.at = TimePoint{std::chrono::milliseconds{row.getColumn(4).getInt64()}};
  repost.key = row.getColumn(5).getString();
  repost.state = repost_state_of(row.getColumn(6).getString()).value_or(RepostState::given_up);
  repost.attempts = row.getColumn(7).getInt();
  repost.reason = row.getColumn(8).getString();
  repost.kind = repost_kind_of(row.getColumn(9).getString()).value_or(RepostKind::webhook);
  repost.post_id = row.getColumn(10).getString();
  repost.url = row.getColumn(11).getString();
  return repost;
}

RepostTarget target_at(SQLite::Statement& row, int first) {
  return {repost_kind_of(row.getColumn(first).getString()).value_or(RepostKind::webhook),
          row.getColumn(first + 1).getString(), row.getColumn(first + 2).getString(),
          row.getColumn(first + 3).getString(), row.getColumn(first + 4).getString()};
}

void set_switch(SQLite::Database& sql, RoomId room, int reposts) {
  SQLite::Statement update(sql, "UPDATE rooms SET reposts = ? WHERE id = ?");
  update.bind(1, reposts);
  update.bind(2, room.value);
  update.exec();
}

/// Unless the owner has given another token since: what became of the old one says nothing of it.
void set_pause(SQLite::Database& sql, const RepostTask& task, const std::string& why) {
  SQLite::Statement update(sql,
                           "UPDATE repost_targets SET paused = ? WHERE room_id = ? AND sealed = ?");
  update.bind(1, why);
  update.bind(2, task.room.id.value);
  update.bind(3, task.target.sealed.data(), static_cast<int>(task.target.sealed.size()));
  update.exec();
}

/// What was given up while it was under way stays so, unless it was posted nonetheless.
void finish(SQLite::Database& sql, const Repost& repost, RepostState state) {
  SQLite::Statement update(sql,
                           "UPDATE reposts SET state = ?1, reason = ?2, post_id = ?3, url = ?4, "
                           "attempts = attempts + 1 "
                           "WHERE id = ?5 AND (state = 'waiting' OR ?1 = 'posted')");
  update.bind(1, std::string(name(state)));
  update.bind(2, repost.reason);
  update.bind(3, repost.post_id);
  update.bind(4, repost.url);
  update.bind(5, repost.id.value);
  update.exec();
}

/// Deletes what has been finished the longest.
void forget_old(SQLite::Database& sql, RoomId room) {
  SQLite::Statement remove(
      sql,
      "DELETE FROM reposts WHERE room_id = ?1 AND state <> 'waiting' AND id <= (SELECT id FROM "
      "reposts "
      "WHERE room_id = ?1 AND state <> 'waiting' ORDER BY id DESC LIMIT 1 OFFSET ?2)");
  remove.bind(1, room.value);
  remove.bind(2, limits::kRepostsKept);
  remove.exec();
}

std::vector<Repost> reposts_of(SQLite::Database& sql, RoomId room, const std::string& where,
                               std::uint32_t count) {
  SQLite::Statement query(sql, std::string("SELECT ") + kRepostColumns +
                                   " FROM reposts p WHERE p.room_id = ? AND " + where +
                                   " ORDER BY p.id DESC LIMIT ?");
  query.bind(1, room.value);
  query.bind(2, count);
  std::vector<Repost> reposts;
  while (query.executeStep()) reposts.push_back(repost_at(query));
  return reposts;
}

}  // namespace

Answer<std::optional<RepostTarget>> RepostsTable::target(RoomId room) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::optional<RepostTarget>> {
    SQLite::Statement query(sql, std::string("SELECT ") + kTargetColumns +
                                     " FROM repost_targets t WHERE t.room_id = ?");
    query.bind(1, room.value);
    if (!query.executeStep()) return std::optional<RepostTarget>{};
    return std::optional{target_at(query, 0)};
  });
}

Done RepostsTable::set_target(RoomId room, const RepostTarget& target) {
  return database_.transact([&](SQLite::Database& sql) -> Done {
    SQLite::Statement put(
        sql,
        "INSERT INTO repost_targets (room_id, kind, address, visibility, sealed) VALUES (?, ?, ?, "
        "?, ?) "
        "ON CONFLICT (room_id) DO UPDATE SET kind = excluded.kind, address = excluded.address, "
        "visibility = excluded.visibility, sealed = excluded.sealed, paused = ''");
    put.bind(1, room.value);
    put.bind(2, std::string(name(target.kind)));
    put.bind(3, target.address);
    put.bind(4, target.visibility);
    put.bind(5, target.sealed.data(), static_cast<int>(target.sealed.size()));
    put.exec();
    return done();
  });
}

Done RepostsTable::forget_target(RoomId room) {
  return database_.transact([&](SQLite::Database& sql) -> Done {
    set_switch(sql, room, 0);
    SQLite::Statement remove(sql, "DELETE FROM repost_targets WHERE room_id = ?");
    remove.bind(1, room.value);
    remove.exec();
    return done();
  });
}

Done RepostsTable::turn(RoomId room, Switch to) {
  return database_.transact([&](SQLite::Database& sql) -> Done {
    set_switch(sql, room, to == Switch::on ? 1 : 0);
    return done();
  });
}

Done RepostsTable::add_test(RoomId room, const std::string& who, const std::string& line,
                            TimePoint now) {
  return database_.transact([&](SQLite::Database& sql) -> Done {
    SQLite::Statement insert(sql,
                             "INSERT INTO reposts (room_id, who, line, at, next_at, kind) SELECT "
                             "room_id, ?, ?, ?3, ?3, kind FROM repost_targets WHERE room_id = ?4 "
                             "AND NOT EXISTS (SELECT 1 FROM reposts WHERE room_id = ?4 AND state = "
                             "'waiting' AND event IS NULL)");
    insert.bind(1, who);
    insert.bind(2, line);
    insert.bind(3, stored(now));
    insert.bind(4, room.value);
    insert.exec();
    return done();
  });
}

Answer<std::vector<RepostTask>> RepostsTable::due(TimePoint now) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::vector<RepostTask>> {
    const std::string columns =
        std::string(kRepostColumns) + ", " + kRoomColumns + ", " + kTargetColumns;
    SQLite::Statement query(
        sql, "SELECT " + columns +
                 " FROM repost_targets t CROSS JOIN reposts p ON p.id = coalesce("
                 "(SELECT min(id) FROM reposts WHERE room_id = t.room_id AND state = 'waiting' AND "
                 "event IS NULL), "
                 "(SELECT min(id) FROM reposts WHERE room_id = t.room_id AND state = 'waiting')) "
                 "JOIN rooms r ON r.id = t.room_id JOIN accounts o ON o.id = r.owner_id "
                 "WHERE p.next_at <= ? AND (p.event IS NULL OR (r.reposts = 1 AND t.paused = '')) "
                 "ORDER BY p.next_at LIMIT ?");
    query.bind(1, stored(now));
    query.bind(2, limits::kRepostsDue);
    std::vector<RepostTask> tasks;
    while (query.executeStep()) {
      tasks.push_back({repost_at(query), room_at(query, kRepostColumnCount),
                       target_at(query, kRepostColumnCount + kRoomColumnCount)});
    }
    return tasks;
  });
}

Done RepostsTable::posted(const RepostTask& task, const Posted& as) {
  return database_.transact([&](SQLite::Database& sql) -> Done {
    Repost repost = task.repost;
    repost.reason = as.reason;
    repost.post_id = as.post_id;
    repost.url = as.url;
    finish(sql, repost, RepostState::posted);
    set_pause(sql, task, "");
    forget_old(sql, task.room.id);
    return done();
  });
}

Done RepostsTable::put_off(const RepostTask& task, const std::string& reason, TimePoint next) {
  return database_.transact([&](SQLite::Database& sql) -> Done {
    SQLite::Statement update(sql,
                             "UPDATE reposts SET attempts = attempts + 1, reason = ?, next_at = ? "
                             "WHERE id = ? AND state "
                             "= 'waiting'");
    update.bind(1, reason);
    update.bind(2, stored(next));
    update.bind(3, task.repost.id.value);
    update.exec();
    return done();
  });
}

Done RepostsTable::refused(const RepostTask& task, const std::string& reason, Then then) {
  return database_.transact([&](SQLite::Database& sql) -> Done {
    Repost repost = task.repost;
    repost.reason = reason;
    finish(sql, repost, RepostState::refused);
    if (then == Then::rest) set_pause(sql, task, reason);
    forget_old(sql, task.room.id);
    return done();
  });
}

Done RepostsTable::give_up(TimePoint oldest) {
  return database_.transact([&](SQLite::Database& sql) -> Done {
    SQLite::Statement update(sql,
                             "UPDATE reposts SET state = 'given_up', reason = 'too_old' WHERE "
                             "state = 'waiting' AND at < ?");
    update.bind(1, stored(oldest));
    update.exec();
    return done();
  });
}

Answer<std::vector<Repost>> RepostsTable::newest(RoomId room, std::uint32_t count) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::vector<Repost>> {
    return reposts_of(sql, room, "TRUE", count);
  });
}

Answer<RepostsTable::Counts> RepostsTable::counts(RoomId room) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<Counts> {
    SQLite::Statement query(sql,
                            "SELECT count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER "
                            "(WHERE state = 'given_up') FROM reposts WHERE room_id = ?");
    query.bind(1, room.value);
    query.executeStep();
    return Counts{query.getColumn(0).getInt64(), query.getColumn(1).getInt64()};
  });
}

Answer<std::vector<Repost>> RepostsTable::with_url(RoomId room) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::vector<Repost>> {
    auto reposts =
        reposts_of(sql, room, "p.url <> '' AND p.event IS NOT NULL", limits::kRepostsListed);
    std::ranges::reverse(reposts);
    return reposts;
  });
}

}  // namespace retrochat
