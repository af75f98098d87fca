#include "store/accounts_table.h"

#include <SQLiteCpp/Statement.h>

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

Answer<std::optional<Credentials>> AccountsTable::find(const Handle& handle) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::optional<Credentials>> {
    return find_in(sql, handle);
  });
}

}  // namespace retrochat
