#include "store/accounts_table.h"

#include <SQLiteCpp/Statement.h>

#include "text/limits.h"

namespace retrochat {
namespace {

std::optional<Credentials> find_in(SQLite::Database& sql, const Handle& handle) {
  SQLite::Statement query(
      sql, "SELECT id, handle, passphrase_hash, guest FROM accounts WHERE handle = ?");
  query.bind(1, handle.text());
  if (!query.executeStep()) return std::nullopt;
  return Credentials{{AccountId{query.getColumn(0).getInt64()}, query.getColumn(1).getString(),
                      query.getColumn(3).getInt() != 0},
                     query.getColumn(2).getString()};
}

/// A new guest has no session yet.
constexpr std::chrono::days kForgottenAfter{1};

/// The last of the next limits::kGuestsLookedAt guests after `after`; nobody when there are fewer.
AccountId last_looked_at(SQLite::Database& sql, AccountId after) {
  SQLite::Statement query(sql,
                          "SELECT id FROM accounts WHERE guest = 1 AND id > ? ORDER BY id "
                          "LIMIT 1 OFFSET ?");
  query.bind(1, after.value);
  query.bind(2, limits::kGuestsLookedAt - 1);
  return query.executeStep() ? AccountId{query.getColumn(0).getInt64()} : AccountId{};
}

/// Of the next guests after `after`; says up to whom it has looked.
AccountId forget_traceless_guests(SQLite::Database& sql, AccountId after, TimePoint now) {
  const AccountId last = last_looked_at(sql, after);
  SQLite::Statement forget(
      sql,
      "DELETE FROM accounts WHERE id IN (SELECT a.id FROM (SELECT id, created_at FROM accounts "
      "WHERE guest = 1 AND id > ?2 ORDER BY id LIMIT ?3) a WHERE a.created_at < ?1 "
      "AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.account_id = a.id) "
      "AND NOT EXISTS (SELECT 1 FROM members m WHERE m.account_id = a.id) "
      "AND NOT EXISTS (SELECT 1 FROM removed x WHERE x.account_id = a.id) "
      "AND NOT EXISTS (SELECT 1 FROM events e WHERE e.account_id = a.id))");
  forget.bind(1, (now - kForgottenAfter).time_since_epoch().count());
  forget.bind(2, after.value);
  forget.bind(3, limits::kGuestsLookedAt);
  forget.exec();
  return last;
}

}  // namespace

Answer<Account> AccountsTable::add(const Handle& handle, const std::string& passphrase_hash,
                                   TimePoint now) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<Account> {
    if (find_in(sql, handle)) return Refusal::handle_taken;
    SQLite::Statement insert(
        sql, "INSERT INTO accounts (handle, passphrase_hash, created_at) VALUES (?, ?, ?)");
    insert.bind(1, handle.text());
    if (!passphrase_hash.empty()) insert.bind(2, passphrase_hash);
    insert.bind(3, now.time_since_epoch().count());
    insert.exec();
    return Account{AccountId{sql.getLastInsertRowid()}, handle.text()};
  });
}

Answer<Account> AccountsTable::add_guest(const Handle& handle, TimePoint now) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<Account> {
    looked_at_ = forget_traceless_guests(sql, looked_at_, now);
    if (find_in(sql, handle)) return Refusal::handle_taken;
    SQLite::Statement insert(sql,
                             "INSERT INTO accounts (handle, created_at, guest) VALUES (?, ?, 1)");
    insert.bind(1, handle.text());
    insert.bind(2, now.time_since_epoch().count());
    insert.exec();
    return Account{AccountId{sql.getLastInsertRowid()}, handle.text(), true};
  });
}

Answer<std::optional<Credentials>> AccountsTable::find(const Handle& handle) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::optional<Credentials>> {
    return find_in(sql, handle);
  });
}

}  // namespace retrochat
