#include "store/database.h"

#include <SQLiteCpp/Statement.h>

#include <stdexcept>
#include <variant>

namespace retrochat {
namespace {

/// How long to wait for another program, such as a backup, that holds the file.
constexpr int kBusyMilliseconds = 5'000;

int schema_of(SQLite::Database& sql) { return sql.execAndGet("PRAGMA user_version").getInt(); }

void step(SQLite::Database& sql, const Migration& migration) {
  SQLite::Transaction transaction(sql);
  sql.exec(std::string(migration.sql));
  sql.exec("PRAGMA user_version = " + std::to_string(migration.number));
  transaction.commit();
}

}  // namespace

Database::Database(const std::string& path, Complain complain)
    : sql_(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kBusyMilliseconds),
      complain_(std::move(complain)) {
  sql_.exec("PRAGMA journal_mode = WAL");
  sql_.exec("PRAGMA synchronous = FULL");
  sql_.exec("PRAGMA foreign_keys = ON");
}

void Database::migrate(const std::vector<Migration>& migrations) {
  const int found = schema_of(sql_);
  const int newest = migrations.empty() ? 0 : migrations.back().number;
  if (found > newest) {
    throw std::runtime_error("it was written by a newer program (schema " + std::to_string(found) +
                             ", this one knows " + std::to_string(newest) + ")");
  }
  for (const Migration& migration : migrations) {
    if (migration.number > found) step(sql_, migration);
  }
}

std::variant<std::unique_ptr<Database>, std::string> Database::open(
    const std::string& path, const std::vector<Migration>& migrations, Complain complain) {
  try {
    std::unique_ptr<Database> database(new Database(path, std::move(complain)));
    database->migrate(migrations);
    return database;
  } catch (const std::exception& exception) {  // SQLite's own are of this kind too.
    return std::string(exception.what());
  }
}

}  // namespace retrochat
