#include "store/sessions_table.h"

#include <SQLiteCpp/Statement.h>

#include "text/limits.h"

namespace retrochat {
namespace {

constexpr std::chrono::hours kNotedAfter{1};

void bind(SQLite::Statement& statement, int index, const SessionHash& hash) {
  statement.bind(index, hash.data(), static_cast<int>(hash.size()));
}

std::int64_t stored(TimePoint time) { return time.time_since_epoch().count(); }

void note_use(SQLite::Database& sql, const SessionHash& hash, TimePoint now) {
  SQLite::Statement update(sql, "UPDATE sessions SET used_at = ? WHERE id_hash = ?");
  update.bind(1, stored(now));
  bind(update, 2, hash);
  update.exec();
}

void end_longest_unused(SQLite::Database& sql, AccountId account) {
  SQLite::Statement remove(sql,
                           "DELETE FROM sessions WHERE id_hash IN (SELECT id_hash FROM sessions "
                           "WHERE account_id = ? ORDER BY used_at DESC LIMIT -1 OFFSET ?)");
  remove.bind(1, account.value);
  remove.bind(2, limits::kSessionsPerAccount - 1);
  remove.exec();
}

}  // namespace

Done SessionsTable::add(const SessionHash& hash, AccountId account, TimePoint now) {
  return database_.transact([&](SQLite::Database& sql) -> Done {
    end_longest_unused(sql, account);
    SQLite::Statement insert(
        sql, "INSERT INTO sessions (id_hash, account_id, used_at) VALUES (?, ?, ?)");
    bind(insert, 1, hash);
    insert.bind(2, account.value);
    insert.bind(3, stored(now));
    insert.exec();
    return done();
  });
}

Answer<std::optional<Account>> SessionsTable::use(const SessionHash& hash, TimePoint now,
                                                  TimePoint oldest) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::optional<Account>> {
    SQLite::Statement query(sql,
                            "SELECT a.id, a.handle, s.used_at, a.guest FROM sessions s JOIN "
                            "accounts a ON a.id = s.account_id "
                            "WHERE s.id_hash = ? AND s.used_at > ?");
    bind(query, 1, hash);
    query.bind(2, stored(oldest));
    if (!query.executeStep()) return std::optional<Account>{};
    Account account{AccountId{query.getColumn(0).getInt64()}, query.getColumn(1).getString(),
                    query.getColumn(3).getInt() != 0};
    const TimePoint noted{std::chrono::milliseconds{query.getColumn(2).getInt64()}};
    query.reset();
    if (now - noted > kNotedAfter) note_use(sql, hash, now);
    return std::optional<Account>{std::move(account)};
  });
}

Done SessionsTable::remove(const SessionHash& hash) {
  return database_.transact([&](SQLite::Database& sql) -> Done {
    SQLite::Statement remove(sql, "DELETE FROM sessions WHERE id_hash = ?");
    bind(remove, 1, hash);
    remove.exec();
    return done();
  });
}

Done SessionsTable::remove_unused(TimePoint oldest) {
  return database_.transact([&](SQLite::Database& sql) -> Done {
    SQLite::Statement remove(sql, "DELETE FROM sessions WHERE used_at <= ?");
    remove.bind(1, stored(oldest));
    remove.exec();
    return done();
  });
}

}  // namespace retrochat
