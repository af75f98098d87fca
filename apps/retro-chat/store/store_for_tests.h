// A store in memory with its tables, and a clock that a test sets.
//
// Threads: one test's only.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "store/accounts_table.h"
#include "store/events_table.h"
#include "store/rooms_table.h"
#include "store/schema.h"
#include "store/sessions_table.h"

namespace retrochat {

/// What an owner says of a room who names it and nothing else.
inline RoomSettings settings_called(std::string_view name) { return {*RoomName::parse(name)}; }

/// 2026-01-01T00:00:00Z, and whatever is added.
class ManualClock {
 public:
  [[nodiscard]] TimePoint now() const { return now_; }
  void pass(std::chrono::milliseconds time) { now_ += time; }
  [[nodiscard]] Clock clock() const {
    return [this] { return now_; };
  }

 private:
  TimePoint now_{std::chrono::milliseconds{1'767'225'600'000}};
};

class StoreForTests {
 public:
  /// Trouble is a failure of the test, unless it was told to expect it.
  bool may_complain = false;
  std::unique_ptr<Database> database = opened(schema(), [this](std::string_view why) {
    if (!may_complain) ADD_FAILURE() << why;
  });
  AccountsTable accounts{*database};
  SessionsTable sessions{*database};
  RoomsTable rooms{*database};
  EventsTable events{*database};
  ManualClock time;

  Account add_account(std::string_view handle) {
    return *accounts.add(*Handle::parse(handle), "", time.now());
  }
  Room add_room(const Account& owner, std::string_view name = "room") {
    return *rooms.add(owner, settings_called(name), time.now());
  }
  std::optional<Event> happen(const Room& room, const Account& who, EventKind kind,
                              const std::string& line = "") {
    return *events.append(room.id, who, kind, line, time.now());
  }

  void run(const std::string& statement) {
    const auto ran = database->transact([&](SQLite::Database& sql) -> Done {
      sql.exec(statement);
      return done();
    });
    EXPECT_TRUE(ran);
  }

  /// Steps that SQLite takes for what `work` does with the store: what it costs, whatever the machine.
  template <typename Work>
  int steps_of(Work&& work) {
    int steps = 0;
    const auto count_steps = [&](int every) {
      const auto watched = database->transact([&](SQLite::Database& sql) -> Done {
        const auto count = [](void* counted) { return (++*static_cast<int*>(counted), 0); };
        sqlite3_progress_handler(sql.getHandle(), every, count, &steps);
        return done();
      });
      EXPECT_TRUE(watched);
    };
    count_steps(1);
    std::forward<Work>(work)();
    count_steps(0);
    return steps;
  }

  static std::unique_ptr<Database> opened(
      const std::vector<Migration>& steps,
      Database::Complain complain = [](std::string_view why) { ADD_FAILURE() << why; }) {
    auto database = Database::open(":memory:", steps, std::move(complain));
    return std::get<std::unique_ptr<Database>>(std::move(database));
  }
};

}  // namespace retrochat
