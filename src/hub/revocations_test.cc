#include "hub/revocations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <thread>

#include "tayori/limits.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using access::TokenClaims;

const std::string kEpoch = "e1";
constexpr Revocations::WallTime kNoon{std::chrono::seconds(1'764'000'000)};

ClientId client(std::string_view name) { return *ClientId::parse(name); }

/// A token without a bookmark.
TokenClaims made(std::string_view name, Revocations::WallTime at) {
  return {client(name), at, at + 2h, "id"};
}
TokenClaims bookmarked(std::string_view name, std::uint64_t number,
                       const std::string& epoch = kEpoch, Revocations::WallTime at = kNoon) {
  TokenClaims claims = made(name, at);
  claims.bookmark = Cursor{epoch, {number}};
  return claims;
}

class RevocationsTest : public testing::Test {
 protected:
  void revoke(std::string_view name, std::uint64_t number, Revocations::WallTime at = kNoon) {
    ASSERT_TRUE(revocations_.revoke(client(name), {number}, at));
  }
  bool is_revoked(const TokenClaims& claims) { return revocations_.is_revoked(claims); }

  Revocations revocations_{kEpoch, 2};
};

TEST_F(RevocationsTest, refuse_nobody_at_first) {
  EXPECT_FALSE(is_revoked(bookmarked("ann", 0)));
  EXPECT_FALSE(is_revoked(made("ann", {})));
  EXPECT_EQ(revocations_.held(), 0U);
}

TEST_F(RevocationsTest, judge_a_token_by_its_place_in_the_log) {
  revoke("ann", 7);
  EXPECT_TRUE(is_revoked(bookmarked("ann", 0)));
  EXPECT_TRUE(is_revoked(bookmarked("ann", 6)));
  EXPECT_FALSE(is_revoked(bookmarked("ann", 7)));
  EXPECT_FALSE(is_revoked(bookmarked("ann", 8)));
  EXPECT_EQ(revocations_.held(), 1U);
}

TEST_F(RevocationsTest, believe_the_place_and_not_the_clock_where_there_is_one) {
  revoke("ann", 7);
  EXPECT_TRUE(is_revoked(bookmarked("ann", 6, kEpoch, kNoon + 1h)));
  EXPECT_FALSE(is_revoked(bookmarked("ann", 7, kEpoch, kNoon - 1h)));
}

TEST_F(RevocationsTest, judge_a_token_without_a_place_by_the_second_of_its_making) {
  revoke("ann", 7, kNoon + 500ms);
  EXPECT_TRUE(is_revoked(made("ann", kNoon - 1s)));
  EXPECT_TRUE(is_revoked(made("ann", kNoon))) << "rather one too many in that second";
  EXPECT_FALSE(is_revoked(made("ann", kNoon + 1s)));
  EXPECT_TRUE(is_revoked(made("ann", {}))) << "one that does not say when it was made";
  revoke("bob", 8, kNoon);
  EXPECT_TRUE(is_revoked(made("bob", kNoon)));
}

TEST_F(RevocationsTest, judge_a_token_of_another_log_by_the_second_of_its_making) {
  revoke("ann", 7);
  EXPECT_TRUE(is_revoked(bookmarked("ann", 1'000, "old", kNoon)));
  EXPECT_FALSE(is_revoked(bookmarked("ann", 0, "old", kNoon + 1s)));
}

TEST_F(RevocationsTest, are_of_one_client_id) {
  revoke("ann", 7);
  EXPECT_FALSE(is_revoked(bookmarked("bob", 0)));
  EXPECT_FALSE(is_revoked(made("bob", {})));
  EXPECT_FALSE(is_revoked(made("an", {})));
}

TEST_F(RevocationsTest, are_held_until_the_longest_token_has_run_out) {
  revoke("ann", 7);
  revocations_.expire(kNoon + limits::kTokenLifeMax);
  EXPECT_TRUE(is_revoked(bookmarked("ann", 6)));
  EXPECT_EQ(revocations_.held(), 1U);
  revocations_.expire(kNoon + limits::kTokenLifeMax + 1ns);
  EXPECT_FALSE(is_revoked(bookmarked("ann", 6)));
  EXPECT_EQ(revocations_.held(), 0U);
}

TEST_F(RevocationsTest, expire_each_in_its_own_time) {
  revoke("ann", 7);
  revoke("bob", 8, kNoon + 10s);
  revocations_.expire(kNoon + limits::kTokenLifeMax + 5s);
  EXPECT_FALSE(is_revoked(made("ann", {})));
  EXPECT_TRUE(is_revoked(made("bob", {})));
  revocations_.expire(kNoon + limits::kTokenLifeMax + 11s);
  EXPECT_EQ(revocations_.held(), 0U);
}

TEST_F(RevocationsTest, are_renewed_by_another_of_the_same_client_id) {
  revoke("ann", 7);
  revoke("ann", 9, kNoon + 10s);
  EXPECT_EQ(revocations_.held(), 1U);
  EXPECT_TRUE(is_revoked(bookmarked("ann", 8)));
  EXPECT_FALSE(is_revoked(bookmarked("ann", 9)));
  EXPECT_TRUE(is_revoked(made("ann", kNoon + 10s)));
  revocations_.expire(kNoon + limits::kTokenLifeMax + 10s);
  EXPECT_TRUE(is_revoked(bookmarked("ann", 8))) << "the newer one is not over";
  revocations_.expire(kNoon + limits::kTokenLifeMax + 11s);
  EXPECT_EQ(revocations_.held(), 0U);
}

TEST_F(RevocationsTest, are_over_in_time_however_often_others_were_renewed) {
  revoke("ann", 7);
  revoke("bob", 8, kNoon + 100s);
  revoke("ann", 9, kNoon + 50s);
  revocations_.expire(kNoon + limits::kTokenLifeMax + 51s);
  EXPECT_FALSE(is_revoked(made("ann", {})));
  EXPECT_TRUE(is_revoked(made("bob", {})));
}

TEST_F(RevocationsTest, take_nothing_back_when_the_clock_goes_back) {
  revoke("ann", 7, kNoon + 100s);
  revoke("ann", 8, kNoon + 50s);
  EXPECT_TRUE(is_revoked(made("ann", kNoon + 80s))) << "the first was of this one too";
  EXPECT_TRUE(is_revoked(bookmarked("ann", 7)));
  revocations_.expire(kNoon + limits::kTokenLifeMax + 60s);
  EXPECT_TRUE(is_revoked(made("ann", kNoon + 80s)));
  revocations_.expire(kNoon + limits::kTokenLifeMax + 101s);
  EXPECT_EQ(revocations_.held(), 0U);
}

TEST_F(RevocationsTest, refuse_one_too_many_and_forget_nobody) {
  revoke("ann", 7);
  revoke("bob", 8);
  const auto refused = revocations_.revoke(client("cid"), {9}, kNoon);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::overloaded);
  EXPECT_THAT(refused.error().detail, testing::HasSubstr("tokens.revocations"));
  EXPECT_EQ(revocations_.held(), 2U);
  EXPECT_TRUE(is_revoked(bookmarked("ann", 6)));
  EXPECT_TRUE(is_revoked(bookmarked("bob", 7)));
  EXPECT_FALSE(is_revoked(bookmarked("cid", 8)));
}

TEST_F(RevocationsTest, at_the_limit_can_still_be_renewed_and_have_room_again_later) {
  revoke("ann", 7);
  revoke("bob", 8, kNoon + 10s);
  revoke("bob", 9, kNoon + 20s);
  EXPECT_TRUE(is_revoked(bookmarked("bob", 8)));
  revocations_.expire(kNoon + limits::kTokenLifeMax + 1s);
  revoke("cid", 10, kNoon + limits::kTokenLifeMax);
  EXPECT_TRUE(is_revoked(bookmarked("cid", 9)));
}

TEST(RevocationsThreads, are_seen_by_whoever_asks_after) {
  Revocations revocations(kEpoch, 3'000);
  std::thread log([&] {
    for (std::uint64_t i = 1; i <= 2'000; ++i)
      EXPECT_TRUE(revocations.revoke(client(std::to_string(i)), {i}, kNoon));
  });
  for (std::uint64_t i = 1; i <= 2'000; ++i) {
    // Once it is seen it stays.
    const bool was_revoked = revocations.is_revoked(bookmarked(std::to_string(i), 0));
    EXPECT_TRUE(!was_revoked || revocations.held() >= i);
    revocations.expire(kNoon);
  }
  log.join();
  EXPECT_EQ(revocations.held(), 2'000U);
}

}  // namespace
}  // namespace tayori::hub
