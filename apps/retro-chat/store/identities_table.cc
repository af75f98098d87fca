#include "store/identities_table.h"

#include <SQLiteCpp/Statement.h>

namespace retrochat {
namespace {

std::optional<Account> find_in(SQLite::Database& sql, const Identity& identity) {
  SQLite::Statement query(
      sql,
      "SELECT a.id, a.handle, a.guest FROM identities i JOIN accounts a ON a.id "
      "= i.account_id WHERE i.authority = ? AND i.subject = ?");
  query.bind(1, identity.authority);
  query.bind(2, identity.subject);
  if (!query.executeStep()) return std::nullopt;
  return Account{AccountId{query.getColumn(0).getInt64()}, query.getColumn(1).getString(),
                 query.getColumn(2).getInt() != 0};
}

bool is_taken(SQLite::Database& sql, const Handle& handle) {
  SQLite::Statement query(sql, "SELECT 1 FROM accounts WHERE handle = ?");
  query.bind(1, handle.text());
  return query.executeStep();
}

}  // namespace

Answer<std::optional<Account>> IdentitiesTable::find(const Identity& identity) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<std::optional<Account>> {
    return find_in(sql, identity);
  });
}

Answer<Account> IdentitiesTable::add(const Identity& identity, const Handle& handle,
                                     TimePoint now) {
  return database_.transact([&](SQLite::Database& sql) -> Answer<Account> {
    if (find_in(sql, identity)) return Refusal::sign_in_stale;
    if (is_taken(sql, handle)) return Refusal::handle_taken;
    SQLite::Statement account(sql, "INSERT INTO accounts (handle, created_at) VALUES (?, ?)");
    account.bind(1, handle.text());
    account.bind(2, now.time_since_epoch().count());
    account.exec();
    const AccountId id{sql.getLastInsertRowid()};
    SQLite::Statement link(
        sql,
        "INSERT INTO identities (authority, subject, account_id, created_at) VALUES (?, ?, ?, ?)");
    link.bind(1, identity.authority);
    link.bind(2, identity.subject);
    link.bind(3, id.value);
    link.bind(4, now.time_since_epoch().count());
    link.exec();
    return Account{id, handle.text()};
  });
}

}  // namespace retrochat
