// Database: the one SQLite file of Retro Chat, and the only way to it.
//
// WAL with synchronous FULL: what has been committed outlives a power cut. All work is done in `transact`, one
// caller at a time; whatever SQLite throws ends there as Refusal::trouble, with the reason in the program's log
// (statements and reasons only, never bound values).
//
// Threads: any.
// Source:  store/migrations/
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Transaction.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "text/answer.h"

namespace retrochat {

/// One step from a schema to the next.
struct Migration {
  /// The number that its file's name begins with; steps are numbered 1, 2, 3 ...
  int number = 0;
  std::string_view sql;
};

class Database {
 public:
  /// Where reasons for trouble are told; called from any thread.
  using Complain = std::function<void(std::string_view)>;

  /// Opens (or makes) the file at `path`, ":memory:" for none, and brings it up to the newest of `migrations`. The
  /// string says what is wrong: the file cannot be opened, a step fails, or a newer program wrote it.
  static std::variant<std::unique_ptr<Database>, std::string> open(
      const std::string& path, const std::vector<Migration>& migrations, Complain complain);

  /// Runs `work(SQLite::Database&)` in one transaction and answers what it answers (an Answer). A Refusal rolls
  /// back, as an exception does.
  template <typename Work>
  auto transact(Work&& work) -> decltype(work(std::declval<SQLite::Database&>())) {
    const std::lock_guard lock(mutex_);
    try {
      SQLite::Transaction transaction(sql_);
      auto answer = std::forward<Work>(work)(sql_);
      if (answer) transaction.commit();
      return answer;
    } catch (const SQLite::Exception& exception) {
      complain_(exception.what());
      return Refusal::trouble;
    }
  }

 private:
  Database(const std::string& path, Complain complain);
  void migrate(const std::vector<Migration>& migrations);

  std::mutex mutex_;
  SQLite::Database sql_;  // Guarded by mutex_ once open() has returned.
  Complain complain_;
};

}  // namespace retrochat
