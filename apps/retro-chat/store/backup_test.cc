#include "store/backup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "store/lines_table.h"
#include "store/store_for_tests.h"

namespace retrochat {
namespace {

using ::testing::HasSubstr;

class BackupTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder = std::filesystem::path(::testing::TempDir()) /
             ("retrochat_backup_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    store.emplace(open("live.sqlite"));
    room = store->rooms.add(ann(), settings_called("room"), TimePoint{}).value();
    store->events.append(room.id, ann(), EventKind::enter, "", TimePoint{}).value();
    say("hello");
  }
  void TearDown() override {
    store.reset();
    std::filesystem::remove_all(folder);
  }

  struct Store {
    explicit Store(std::unique_ptr<Database> opened) : database(std::move(opened)) {}
    std::unique_ptr<Database> database;
    AccountsTable accounts{*database};
    RoomsTable rooms{*database};
    EventsTable events{*database};
    LinesTable lines{*database};
  };

  std::unique_ptr<Database> open(const std::string& name) const {
    return std::get<std::unique_ptr<Database>>(Database::open(
        (folder / name).string(), schema(), [](std::string_view why) { ADD_FAILURE() << why; }));
  }
  Account ann() {
    const Handle handle = *Handle::parse("ann");
    if (const auto found = *store->accounts.find(handle)) return found->account;
    return *store->accounts.add(handle, "", TimePoint{});
  }
  void say(const std::string& line) {
    ASSERT_TRUE(store->events.append(room.id, ann(), EventKind::speak, line, TimePoint{}));
  }
  auto save(Existing existing = Existing::refused) const {
    return back_up(folder / "live.sqlite", folder / "copy.sqlite", existing);
  }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder),
                                                  std::filesystem::directory_iterator()));
  }

  std::filesystem::path folder;
  std::optional<Store> store;
  Room room;
};

TEST_F(BackupTest, holds_what_the_open_store_holds_at_that_moment) {
  const auto made = save();
  ASSERT_TRUE(std::holds_alternative<BackupFacts>(made)) << std::get<std::string>(made);
  EXPECT_EQ(std::get<BackupFacts>(made).rooms, 1);
  EXPECT_EQ(std::get<BackupFacts>(made).people, 1);
  EXPECT_EQ(std::get<BackupFacts>(made).lines, 1);
  say("said afterwards");
  Store copy(open("copy.sqlite"));
  const auto hits = *copy.lines.search(room.id, *SearchWords::parse("hello"), EventNumber{99});
  EXPECT_EQ(hits.lines.size(), 1U);
  EXPECT_TRUE(copy.lines.search(room.id, *SearchWords::parse("afterwards"), EventNumber{99})
                  ->lines.empty());
}

TEST_F(BackupTest, is_readable_by_its_owner_only) {
  ASSERT_TRUE(std::holds_alternative<BackupFacts>(save()));
  using enum std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(folder / "copy.sqlite").permissions(),
            owner_read | owner_write);
}

TEST_F(BackupTest, replaces_a_file_only_on_demand) {
  std::ofstream(folder / "copy.sqlite") << "something dear";
  const auto refused = save();
  ASSERT_TRUE(std::holds_alternative<std::string>(refused));
  EXPECT_THAT(std::get<std::string>(refused), HasSubstr("--overwrite"));
  EXPECT_EQ(std::filesystem::file_size(folder / "copy.sqlite"), 14U);
  EXPECT_TRUE(std::holds_alternative<BackupFacts>(save(Existing::replaced)));
  EXPECT_GT(std::filesystem::file_size(folder / "copy.sqlite"), 4096U);
}

TEST_F(BackupTest, never_writes_over_the_store_itself) {
  for (const char* name : {"live.sqlite", "live.sqlite-wal", "live.sqlite-shm"}) {
    const auto made = back_up(folder / "live.sqlite", folder / name, Existing::replaced);
    ASSERT_TRUE(std::holds_alternative<std::string>(made)) << name;
    EXPECT_THAT(std::get<std::string>(made), HasSubstr("the store itself"));
  }
  std::filesystem::create_hard_link(folder / "live.sqlite", folder / "other name");
  EXPECT_TRUE(std::holds_alternative<std::string>(
      back_up(folder / "live.sqlite", folder / "other name", Existing::replaced)));
}

TEST_F(BackupTest, leaves_nothing_behind_when_it_fails) {
  std::ofstream(folder / "broken") << std::string(8192, 'x');
  const std::size_t before = files();
  const auto made = back_up(folder / "broken", folder / "copy.sqlite", Existing::refused);
  EXPECT_TRUE(std::holds_alternative<std::string>(made));
  EXPECT_TRUE(std::holds_alternative<std::string>(
      back_up(folder / "missing", folder / "copy.sqlite", Existing::refused)));
  EXPECT_EQ(files(), before);
}

}  // namespace
}  // namespace retrochat
