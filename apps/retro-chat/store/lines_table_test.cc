#include "store/lines_table.h"

#include <SQLiteCpp/Statement.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>

#include "store/store_for_tests.h"
#include "text/limits.h"

namespace retrochat {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr EventNumber kAfterAll{1'000'000'000};

class LinesTableTest : public ::testing::Test {
 protected:
  void SetUp() override { store.happen(room, ann, EventKind::enter); }

  void say(const std::string& line) { store.happen(room, ann, EventKind::speak, line); }
  /// `count` lines at once, "line 1" and so on, as they would be said one after the other.
  void say_many(int count) { say_many(room, count); }
  void say_many(const Room& where, int count) {
    const auto said = store.database->transact([&](SQLite::Database& sql) -> Done {
      SQLite::Statement insert(
          sql,
          "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?3) "
          "INSERT INTO events (room_id, number, kind, account_id, at, line) SELECT ?1, i + "
          "(SELECT last_event FROM rooms WHERE id = ?1), 'speak', ?2, 0, 'line ' || i FROM n");
      insert.bind(1, where.id.value);
      insert.bind(2, ann.id.value);
      insert.bind(3, count);
      insert.exec();
      SQLite::Statement update(sql, "UPDATE rooms SET last_event = last_event + ? WHERE id = ?");
      update.bind(1, count);
      update.bind(2, where.id.value);
      update.exec();
      return done();
    });
    ASSERT_TRUE(said);
  }
  std::vector<std::string> find(const std::string& text, EventNumber before = kAfterAll) {
    return lines_of(lines.search(room.id, *SearchWords::parse(text), before)->lines);
  }
  static std::vector<std::string> lines_of(const std::vector<Event>& events) {
    std::vector<std::string> said;
    for (const Event& event : events) said.push_back(event.line);
    return said;
  }
  std::int64_t number(const std::string& query) {
    return *store.database->transact([&](SQLite::Database& sql) -> Answer<std::int64_t> {
      return sql.execAndGet(query).getInt64();
    });
  }

  StoreForTests store;
  LinesTable lines{*store.database};
  Account ann = store.add_account("ann");
  Room room = store.add_room(ann);
};

TEST_F(LinesTableTest, is_turned_back_and_forth_without_loss) {
  say_many(250);
  std::vector<std::int64_t> back;
  auto page = *lines.before(room.id, kAfterAll);
  EXPECT_FALSE(page.newer);
  for (;; page = *lines.before(room.id, page.events.front().number)) {
    for (auto event = page.events.rbegin(); event != page.events.rend(); ++event)
      back.push_back(event->number.value);
    if (!page.older) break;
  }
  ASSERT_EQ(back.size(), 251U);
  for (std::size_t i = 0; i < back.size(); ++i)
    EXPECT_EQ(back[i], static_cast<std::int64_t>(251 - i));
  std::size_t seen = page.events.size();
  while (page.newer) {
    page = *lines.after(room.id, page.events.back().number);
    seen += page.events.size();
  }
  EXPECT_EQ(seen, 251U);
}

TEST_F(LinesTableTest, shows_a_place_among_its_neighbours) {
  say_many(250);
  const auto page = *lines.around(room.id, EventNumber{120});
  ASSERT_EQ(page.events.size(), limits::kEventsOnLogPage);
  EXPECT_EQ(page.events[50].number, EventNumber{120});
  EXPECT_TRUE(page.older && page.newer);
  EXPECT_TRUE(lines.before(room.id, EventNumber{1})->events.empty());
}

TEST_F(LinesTableTest, finds_lines_by_words_of_any_length_the_newest_first) {
  say("Good evening, 世界");
  say("世界は広い");
  say("GOOD morning");
  EXPECT_THAT(find("good"), ElementsAre("GOOD morning", "Good evening, 世界"));
  EXPECT_THAT(find("世界"), ElementsAre("世界は広い", "Good evening, 世界"));
  EXPECT_THAT(find("界"), ElementsAre("世界は広い", "Good evening, 世界"));
  EXPECT_THAT(find("世界は"), ElementsAre("世界は広い"));
  EXPECT_THAT(find("evening　世界"), ElementsAre("Good evening, 世界"));
  EXPECT_THAT(find("good 広"), IsEmpty());
}

TEST_F(LinesTableTest, takes_nothing_in_a_query_for_a_command) {
  say("50% of \"this\" AND_that*");
  say("nothing of the sort");
  for (const char* text : {"\"this\"", "50%", "0%", "_that*", "t*", "AND_", "\""})
    EXPECT_THAT(find(text), ElementsAre("50% of \"this\" AND_that*")) << text;
  for (const char* text : {"no* sort", "NEAR(nothing sort)", "line:nothing", "%%", "__", "^nothing",
                           "this OR sort", "-nothing", "')--", "nothing NOT this"})
    EXPECT_THAT(find(text), IsEmpty()) << text;
}

TEST_F(LinesTableTest, finds_nothing_of_other_rooms_nor_words_left_behind) {
  const Room other = store.add_room(ann);
  store.happen(other, ann, EventKind::enter);
  store.happen(other, ann, EventKind::speak, "elsewhere");
  store.happen(room, ann, EventKind::away, "elsewhere too");
  EXPECT_THAT(find("elsewhere"), IsEmpty());
  EXPECT_THAT(find("el"), IsEmpty());
}

TEST_F(LinesTableTest, goes_on_where_a_page_of_hits_ended) {
  say_many(120);
  const auto first = *lines.search(room.id, *SearchWords::parse("line"), kAfterAll);
  ASSERT_EQ(first.lines.size(), limits::kHitsShown);
  ASSERT_TRUE(first.before);
  EXPECT_EQ(find("line", *first.before).front(), "line 70");
}

TEST_F(LinesTableTest, reads_only_so_many_lines_at_once_but_all_in_turn) {
  say("the oldest: 金");
  say_many(static_cast<int>(limits::kLinesScanned));
  const auto first = *lines.search(room.id, *SearchWords::parse("金"), kAfterAll);
  EXPECT_TRUE(first.lines.empty());
  ASSERT_TRUE(first.before);
  EXPECT_THAT(find("金", *first.before), ElementsAre("the oldest: 金"));
}

TEST_F(LinesTableTest, reads_only_so_many_bytes_at_once) {
  say("the oldest: 金");
  const std::string long_line(limits::kLineChars, 'x');
  for (std::size_t bytes = 0; bytes < limits::kBytesScanned; bytes += long_line.size())
    say(long_line);
  const auto first = *lines.search(room.id, *SearchWords::parse("金"), kAfterAll);
  EXPECT_TRUE(first.lines.empty());
  ASSERT_TRUE(first.before);
  EXPECT_THAT(find("金", *first.before), ElementsAre("the oldest: 金"));
}

TEST_F(LinesTableTest, what_was_said_in_other_rooms_costs_a_search_nothing) {
  constexpr int kElsewhere = 10'000;
  say("the line in here");
  say_many(store.add_room(ann, "other"), kElsewhere);
  const int steps =
      store.steps_of([&] { EXPECT_THAT(find("line"), ElementsAre("the line in here")); });
  EXPECT_GT(steps, 0);
  EXPECT_LT(steps, kElsewhere / 10);
}

TEST_F(LinesTableTest, tells_rooms_apart_whatever_their_number) {
  say("hello");
  const auto moved = [&](std::int64_t from, std::int64_t to) {
    return store.database->transact([&](SQLite::Database& sql) -> Done {
      sql.exec("PRAGMA defer_foreign_keys = on");
      for (const char* column : {"rooms SET id", "events SET room_id", "members SET room_id"}) {
        const std::string name = std::string(column).substr(std::string(column).rfind(' ') + 1);
        sql.exec("UPDATE " + std::string(column) + " = " + std::to_string(to) + " WHERE " + name +
                 " = " + std::to_string(from));
      }
      sql.exec("INSERT INTO line_search (line_search) VALUES ('rebuild')");
      return done();
    });
  };
  std::int64_t now = room.id.value;
  for (const std::int64_t next : {5'999, 6'000, 6'001, 35'999'999, 36'000'000, 1'000'000'007}) {
    ASSERT_TRUE(moved(now, next));
    now = next;
    EXPECT_EQ(lines_of(lines.search(RoomId{now}, *SearchWords::parse("hello"), kAfterAll)->lines),
              std::vector<std::string>{"hello"})
        << now;
  }
}

TEST_F(LinesTableTest, gives_the_newest_lines_with_the_moves_between_them_if_told) {
  say_many(static_cast<int>(limits::kLinesDownloaded) + 5);
  store.happen(room, ann, EventKind::away);
  const auto quiet = *lines.newest(room.id, LinesTable::Moves::left_out);
  ASSERT_EQ(quiet.size(), limits::kLinesDownloaded);
  EXPECT_EQ(quiet.front().line, "line 6");
  const auto told = *lines.newest(room.id, LinesTable::Moves::told);
  ASSERT_EQ(told.size(), limits::kLinesDownloaded + 1);
  EXPECT_EQ(told.back().kind, EventKind::away);
}

TEST_F(LinesTableTest, forgets_the_oldest_line_once_there_are_too_many_and_the_index_with_it) {
  say("the very first");
  say_many(static_cast<int>(limits::kLinesKept) - 1);
  EXPECT_THAT(find("very first"), ElementsAre("the very first"));
  say("one more");
  EXPECT_THAT(find("very first"), IsEmpty());
  EXPECT_EQ(number("SELECT lines_kept FROM rooms WHERE id = " + std::to_string(room.id.value)),
            limits::kLinesKept);
  EXPECT_EQ(number("SELECT count(*) FROM events WHERE kind = 'speak'"), limits::kLinesKept);
}

TEST_F(LinesTableTest, goes_with_its_room) {
  say("hello");
  const auto gone = store.database->transact([&](SQLite::Database& sql) -> Done {
    sql.exec("DELETE FROM rooms WHERE id = " + std::to_string(room.id.value));
    return done();
  });
  ASSERT_TRUE(gone);
  EXPECT_EQ(number("SELECT count(*) FROM line_search WHERE line_search MATCH '\"hello\"'"), 0);
}

TEST(SearchMigration, indexes_and_counts_what_was_said_before_it) {
  std::vector<Migration> before;
  for (const Migration& step : schema()) {
    if (step.number < 4) before.push_back(step);
  }
  const std::string file = ::testing::TempDir() + "/search_migration_" + std::to_string(::getpid());
  const auto open = [&](const std::vector<Migration>& steps) {
    return std::get<std::unique_ptr<Database>>(
        Database::open(file, steps, [](std::string_view why) { ADD_FAILURE() << why; }));
  };
  const auto filled = open(before)->transact([](SQLite::Database& sql) -> Done {
    sql.exec(
        "INSERT INTO accounts (id, handle, created_at) VALUES (1, 'ann', 0);"
        "INSERT INTO rooms (id, owner_id, number, name, created_at, lively_at) VALUES (1, 1, 1, "
        "'r', 0, 0);"
        "INSERT INTO events (room_id, number, kind, account_id, at, line) VALUES (1, 1, 'speak', "
        "1, 0, 'from long ago'), (1, 2, 'away', 1, 0, 'from long ago');");
    return done();
  });
  ASSERT_TRUE(filled);
  const auto after = open(schema());
  LinesTable lines(*after);
  EXPECT_EQ(lines.search(RoomId{1}, *SearchWords::parse("long ago"), kAfterAll)->lines.size(), 1U);
  const auto count = after->transact([](SQLite::Database& sql) -> Answer<int> {
    return sql.execAndGet("SELECT lines_kept FROM rooms").getInt();
  });
  EXPECT_EQ(*count, 1);
  for (const char* end : {"", "-wal", "-shm"}) std::remove((file + end).c_str());
}

}  // namespace
}  // namespace retrochat
