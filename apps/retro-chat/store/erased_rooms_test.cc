// Erased rooms: gone at once for everybody, and cleared from the store a slice at a time.
#include <SQLiteCpp/Statement.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

#include "store/lines_table.h"
#include "store/reposts_table.h"
#include "store/rooms_table.h"
#include "store/store_for_tests.h"
#include "text/limits.h"

namespace retrochat {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr EventNumber kAfterAll{1'000'000'000};
constexpr std::int64_t kSlice = limits::kErasedAtOnce;

/// The store in a file, as one run of the program has it.
struct OneRun {
  explicit OneRun(const std::string& file)
      : database(std::get<std::unique_ptr<Database>>(
            Database::open(file, schema(), [](std::string_view why) { ADD_FAILURE() << why; }))) {}

  std::unique_ptr<Database> database;
  AccountsTable accounts{*database};
  RoomsTable rooms{*database};
  EventsTable events{*database};
  LinesTable lines{*database};
  RepostsTable reposts{*database};

  std::int64_t count(const std::string& query) const {
    return *database->transact([&](SQLite::Database& sql) -> Answer<std::int64_t> {
      return sql.execAndGet("SELECT count(*) FROM " + query).getInt64();
    });
  }
  /// How much is left of `room`, apart from its own row.
  std::int64_t left_of(RoomId room) const {
    std::int64_t rows = 0;
    for (const char* table : {"events", "reposts", "members", "listed", "repost_targets"})
      rows += count(std::string(table) + " WHERE room_id = " + std::to_string(room.value));
    return rows;
  }
  /// Lines "old machines 1" and so on, as if they had been said one after the other.
  void say_many(RoomId room, AccountId who, std::int64_t lines_said) const {
    const auto said = database->transact([&](SQLite::Database& sql) -> Done {
      SQLite::Statement insert(
          sql,
          "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?3) "
          "INSERT INTO events (room_id, number, kind, account_id, at, line) SELECT ?1, i + "
          "(SELECT last_event FROM rooms WHERE id = ?1), 'speak', ?2, 0, 'old machines ' || i "
          "FROM n");
      insert.bind(1, room.value);
      insert.bind(2, who.value);
      insert.bind(3, lines_said);
      insert.exec();
      sql.exec("UPDATE rooms SET last_event = last_event + " + std::to_string(lines_said) +
               " WHERE id = " + std::to_string(room.value));
      return done();
    });
    ASSERT_TRUE(said);
  }
};

class ErasedRooms : public ::testing::Test {
 protected:
  void SetUp() override {
    ann = *run->accounts.add(*Handle::parse("ann"), "", TimePoint{});
    RoomSettings settings = settings_called("old");
    settings.reposts = true;
    settings.listed = {*Handle::parse("bob")};
    room = *run->rooms.add(ann, settings, TimePoint{});
    other = *run->rooms.add(ann, settings_called("other"), TimePoint{});
    ASSERT_TRUE(run->reposts.set_target(
        room.id, {RepostKind::webhook, "https://hook.example/", "", "sealed"}));
    for (const Room& each : {room, other})
      ASSERT_TRUE(run->events.append(each.id, ann, EventKind::enter, "", TimePoint{}));
    ASSERT_TRUE(run->events.append(other.id, ann, EventKind::speak, "new machines", TimePoint{}));
    run->say_many(room.id, ann.id, 2 * kSlice + 10);
  }
  void TearDown() override {
    run.reset();
    for (const char* end : {"", "-wal", "-shm"}) std::remove((file + end).c_str());
  }
  std::vector<std::string> found(const Room& where) {
    std::vector<std::string> said;
    const auto hits = run->lines.search(where.id, *SearchWords::parse("machines"), kAfterAll);
    for (const Event& event : hits->lines) said.push_back(event.line);
    return said;
  }
  /// Rows of the index in which the word stands, whatever they belong to.
  std::int64_t indexed() const {
    return run->count("line_search WHERE line_search MATCH '\"machines\"'");
  }

  const std::string file =
      ::testing::TempDir() + "/retrochat_erased_" + std::to_string(::getpid()) + ".sqlite";
  std::optional<OneRun> run = std::optional<OneRun>(std::in_place, file);
  Account ann;
  Room room;
  Room other;
};

TEST_F(ErasedRooms, are_gone_at_once_with_most_of_their_lines_still_there) {
  const std::int64_t events = run->left_of(room.id);
  ASSERT_TRUE(run->rooms.erase(room.id));
  EXPECT_EQ(run->left_of(room.id), events - 3) << "a member, a handle and a place to post to";
  const Handle owner = *Handle::parse("ann");
  EXPECT_EQ(run->rooms.find(owner, room.number).refusal(), Refusal::no_such_room);
  EXPECT_EQ(run->rooms.list_of(owner, ann)->size(), 1U);
  EXPECT_EQ(run->rooms.list_for(ann)->size(), 1U);
  EXPECT_EQ(run->events.everybody()->size(), 1U);
  EXPECT_TRUE(run->events.roll(room.id)->members.empty());
  EXPECT_EQ(run->events.append(room.id, ann, EventKind::enter, "", TimePoint{}).refusal(),
            Refusal::no_such_room);
  EXPECT_THAT(*run->reposts.due(TimePoint::max()), IsEmpty());
  EXPECT_EQ(run->rooms.add(ann, settings_called("next"), TimePoint{})->number, RoomNumber{3});
  EXPECT_TRUE(run->rooms.erase(room.id)) << "twice is no error";
}

TEST_F(ErasedRooms, do_not_count_among_those_of_their_owner) {
  for (std::size_t i = 2; i < limits::kRoomsPerOwner; ++i)
    ASSERT_TRUE(run->rooms.add(ann, settings_called("one more"), TimePoint{}));
  EXPECT_EQ(run->rooms.add(ann, settings_called("too many"), TimePoint{}).refusal(),
            Refusal::too_many_rooms);
  ASSERT_TRUE(run->rooms.erase(room.id));
  EXPECT_TRUE(run->rooms.add(ann, settings_called("instead"), TimePoint{}));
}

TEST_F(ErasedRooms, are_cleared_a_slice_at_a_time_to_the_last_row) {
  EXPECT_FALSE(*run->rooms.clear_erased()) << "nothing was erased yet";
  EXPECT_EQ(indexed(), 2 * kSlice + 11);
  ASSERT_TRUE(run->rooms.erase(room.id));
  int turns = 0;
  for (std::int64_t left = run->left_of(room.id); *run->rooms.clear_erased(); ++turns) {
    EXPECT_LE(left - run->left_of(room.id), kSlice);
    EXPECT_TRUE(run->left_of(room.id) < left || left == 0) << "each turn gets on";
    left = run->left_of(room.id);
  }
  // Three turns for the lines and the move, one for what is kept of the queue, one for the room.
  EXPECT_EQ(turns, 5);
  EXPECT_EQ(run->left_of(room.id), 0);
  EXPECT_EQ(run->count("rooms WHERE id = " + std::to_string(room.id.value)), 0);
  EXPECT_EQ(indexed(), 1);
  EXPECT_THAT(found(other), ElementsAre("new machines"));
}

TEST_F(ErasedRooms, leave_an_index_that_agrees_with_the_lines) {
  ASSERT_TRUE(run->rooms.erase(room.id));
  const auto check = [&] {
    return run->database->transact([](SQLite::Database& sql) -> Done {
      sql.exec("INSERT INTO line_search (line_search, rank) VALUES ('integrity-check', 1)");
      return done();
    });
  };
  do {
    EXPECT_TRUE(check());
  } while (*run->rooms.clear_erased());
}

TEST_F(ErasedRooms, are_gone_on_with_by_the_next_run_of_a_program_that_was_stopped) {
  ASSERT_TRUE(run->rooms.erase(room.id));
  ASSERT_TRUE(*run->rooms.clear_erased());
  const std::int64_t left = run->left_of(room.id);
  ASSERT_GT(left, 0);
  const std::optional<OneRun> killed = std::exchange(run, std::nullopt);  // Its file stays open.
  run.emplace(file);
  EXPECT_EQ(run->rooms.find(*Handle::parse("ann"), room.number).refusal(), Refusal::no_such_room);
  EXPECT_EQ(run->left_of(room.id), left);
  while (*run->rooms.clear_erased()) {
  }
  EXPECT_EQ(run->left_of(room.id), 0);
  EXPECT_EQ(run->count("rooms"), 1);
  EXPECT_EQ(indexed(), 1);
}

TEST_F(ErasedRooms, do_not_hold_up_one_another) {
  ASSERT_TRUE(run->rooms.erase(other.id));
  ASSERT_TRUE(run->rooms.erase(room.id));
  while (*run->rooms.clear_erased()) {
  }
  EXPECT_EQ(run->count("rooms") + run->count("events") + run->count("reposts"), 0);
}

}  // namespace
}  // namespace retrochat
