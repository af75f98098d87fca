// A store in memory with its tables, and a clock that a test sets.
//
// Threads: one test's only.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
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
  std::unique_ptr<Database> database = opened(schema());
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

  static std::unique_ptr<Database> opened(const std::vector<Migration>& steps) {
    auto database =
        Database::open(":memory:", steps, [](std::string_view why) { ADD_FAILURE() << why; });
    return std::get<std::unique_ptr<Database>>(std::move(database));
  }
};

}  // namespace retrochat
