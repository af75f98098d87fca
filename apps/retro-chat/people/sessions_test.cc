#include "people/sessions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/store_for_tests.h"
#include "text/limits.h"

namespace retrochat {
namespace {

class SessionsTest : public ::testing::Test {
 protected:
  StoreForTests store;
  Sessions sessions{store.sessions, store.time.clock(), secure_random};
  Account ann = store.add_account("ann");
};

TEST_F(SessionsTest, know_whose_they_are) {
  const SessionId id = *sessions.begin(ann);
  const auto again = SessionId::parse(id.text());
  ASSERT_TRUE(again);
  EXPECT_EQ((*sessions.use(*again))->handle, "ann");
}

TEST_F(SessionsTest, end) {
  const SessionId id = *sessions.begin(ann);
  ASSERT_TRUE(sessions.end(id));
  EXPECT_EQ(*sessions.use(id), std::nullopt);
  EXPECT_TRUE(sessions.end(id));
}

TEST_F(SessionsTest, are_nobodys_when_made_up) {
  EXPECT_EQ(*sessions.use(*SessionId::parse(std::string(64, '0'))), std::nullopt);
}

TEST_F(SessionsTest, last_as_long_as_they_are_used) {
  const SessionId id = *sessions.begin(ann);
  for (int i = 0; i < 5; ++i) {
    store.time.pass(limits::kSessionUnused - std::chrono::hours{2});
    EXPECT_NE(*sessions.use(id), std::nullopt);
  }
  store.time.pass(limits::kSessionUnused + std::chrono::hours{1});
  EXPECT_EQ(*sessions.use(id), std::nullopt);
}

TEST_F(SessionsTest, are_bounded_for_each_person) {
  const SessionId first = *sessions.begin(ann);
  const SessionId others = *sessions.begin(store.add_account("bob"));
  for (std::uint32_t i = 0; i < limits::kSessionsPerAccount; ++i) {
    store.time.pass(std::chrono::seconds{1});
    ASSERT_TRUE(sessions.begin(ann));
  }
  EXPECT_EQ(*sessions.use(first), std::nullopt);
  EXPECT_NE(*sessions.use(others), std::nullopt);
}

TEST_F(SessionsTest, of_others_cost_a_new_one_nothing) {
  constexpr int kOthers = 10'000;
  store.run("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
            std::to_string(kOthers) +
            ") INSERT INTO sessions (id_hash, account_id, used_at) SELECT randomblob(32), " +
            std::to_string(store.add_account("bob").id.value) + ", " +
            std::to_string(store.time.now().time_since_epoch().count()) + " FROM n");
  EXPECT_LT(store.steps_of([&] { EXPECT_TRUE(sessions.begin(ann)); }), kOthers / 10);
}

TEST_F(SessionsTest, are_not_in_the_store_as_the_cookie_has_them) {
  const SessionId id = *sessions.begin(ann);
  const auto stored = store.database->transact([](SQLite::Database& sql) -> Answer<std::string> {
    return sql.execAndGet("SELECT lower(hex(id_hash)) FROM sessions").getString();
  });
  EXPECT_NE(*stored, id.text());
}

TEST(SessionId, is_256_bits_given_by_randomness) {
  const RandomBytes known = [](std::span<std::uint8_t> bytes) {
    EXPECT_EQ(bytes.size(), 32U);
    std::ranges::fill(bytes, std::uint8_t{0xAB});
  };
  std::string expected;
  for (int i = 0; i < 32; ++i) expected += "ab";
  EXPECT_EQ(SessionId::random(known).text(), expected);
}

TEST(SessionId, refuses_malformed_cookies) {
  for (const std::string& cookie : {std::string(), std::string(63, 'a'), std::string(65, 'a'),
                                    std::string(64, 'g'), std::string(64, 'A')}) {
    EXPECT_FALSE(SessionId::parse(cookie)) << cookie;
  }
}

TEST(SessionId, has_a_form_token_of_its_own) {
  const SessionId one = SessionId::random(secure_random);
  const SessionId two = SessionId::random(secure_random);
  EXPECT_TRUE(one.is_form_token(one.form_token()));
  EXPECT_FALSE(one.is_form_token(two.form_token()));
  EXPECT_FALSE(one.is_form_token(""));
  EXPECT_THAT(one.text(), ::testing::Not(::testing::HasSubstr(one.form_token())));
}

}  // namespace

// Lets the tests above compare with nullopt and print what differs.
void PrintTo(const Account& account, std::ostream* out) { *out << account.handle; }

}  // namespace retrochat
