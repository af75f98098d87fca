#include "store/database.h"

#include <SQLiteCpp/Statement.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "store/schema.h"

namespace retrochat {
namespace {

using ::testing::HasSubstr;

/// A file of its own for each test, gone afterwards.
class DatabaseFile : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    folder_ = std::filesystem::path(::testing::TempDir()) /
              ("retrochat_" + name + "_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  auto open(const std::vector<Migration>& steps) {
    return Database::open((folder_ / "store.sqlite").string(), steps,
                          [this](std::string_view why) { complaints_.emplace_back(why); });
  }
  static Database& of(std::variant<std::unique_ptr<Database>, std::string>& opened) {
    return *std::get<std::unique_ptr<Database>>(opened);
  }
  static int count(Database& database, const std::string& query) {
    return *database.transact(
        [&](SQLite::Database& sql) -> Answer<int> { return sql.execAndGet(query).getInt(); });
  }

  std::filesystem::path folder_;
  std::vector<std::string> complaints_;
};

constexpr Migration kFirst{1, "CREATE TABLE t (x INTEGER); INSERT INTO t VALUES (1);"};
constexpr Migration kSecond{2, "ALTER TABLE t ADD COLUMN y INTEGER; INSERT INTO t VALUES (2, 3);"};
constexpr Migration kBroken{3, "INSERT INTO t VALUES (9, 9); SELECT * FROM nowhere;"};

TEST_F(DatabaseFile, takes_each_step_once) {
  { auto first = open({kFirst}); }
  { auto second = open({kFirst, kSecond}); }
  auto third = open({kFirst, kSecond});
  EXPECT_EQ(count(of(third), "SELECT count(*) FROM t"), 2);
  EXPECT_EQ(count(of(third), "PRAGMA user_version"), 2);
}

TEST_F(DatabaseFile, undoes_a_step_that_fails_and_says_so) {
  { auto before = open({kFirst, kSecond}); }
  const auto broken = open({kFirst, kSecond, kBroken});
  ASSERT_TRUE(std::holds_alternative<std::string>(broken));
  EXPECT_THAT(std::get<std::string>(broken), HasSubstr("nowhere"));
  auto after = open({kFirst, kSecond});
  EXPECT_EQ(count(of(after), "SELECT count(*) FROM t"), 2);
}

TEST_F(DatabaseFile, does_not_touch_what_a_newer_program_wrote) {
  { auto newer = open({kFirst, kSecond}); }
  const auto older = open({kFirst});
  ASSERT_TRUE(std::holds_alternative<std::string>(older));
  EXPECT_THAT(std::get<std::string>(older), HasSubstr("newer program"));
}

TEST_F(DatabaseFile, keeps_a_write_ahead_log) {
  auto database = open({kFirst});
  const auto mode = of(database).transact([](SQLite::Database& sql) -> Answer<std::string> {
    return sql.execAndGet("PRAGMA journal_mode").getString();
  });
  EXPECT_EQ(*mode, "wal");
}

TEST_F(DatabaseFile, rolls_back_refusals_and_exceptions) {
  auto database = open({kFirst});
  const auto refused = of(database).transact([](SQLite::Database& sql) -> Done {
    sql.exec("INSERT INTO t VALUES (7)");
    return Refusal::room_full;
  });
  EXPECT_EQ(refused.refusal(), Refusal::room_full);
  EXPECT_TRUE(complaints_.empty());
  const auto thrown = of(database).transact([](SQLite::Database& sql) -> Done {
    sql.exec("INSERT INTO t VALUES (8)");
    sql.exec("INSERT INTO nowhere VALUES (1)");
    return done();
  });
  EXPECT_EQ(thrown.refusal(), Refusal::trouble);
  EXPECT_THAT(complaints_, ::testing::ElementsAre(HasSubstr("nowhere")));
  EXPECT_EQ(count(of(database), "SELECT count(*) FROM t"), 1);
}

TEST(Schema, has_its_steps_in_order_without_holes) {
  const auto steps = schema();
  ASSERT_FALSE(steps.empty());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    EXPECT_EQ(steps[i].number, static_cast<int>(i) + 1);
    EXPECT_FALSE(steps[i].sql.empty());
  }
}

}  // namespace
}  // namespace retrochat
