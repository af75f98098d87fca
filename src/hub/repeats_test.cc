#include "hub/repeats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;

broker::Topic client(std::string_view name) { return broker::Topic::of(*ClientId::parse(name)); }

broker::Record record(std::string key, std::string body = "hello",
                      broker::Topic topic = client("ann")) {
  return {broker::Record::Kind::message, std::move(topic), std::move(body), std::move(key)};
}

class RepeatsTest : public testing::Test {
 protected:
  void remember(const broker::Record& record, std::uint64_t number, std::size_t sessions = 1) {
    repeats_.remember(record, {{number}, sessions}, now_);
  }
  /// The number of the first, 0 for none.
  std::uint64_t first(const broker::Record& record) {
    const auto found = repeats_.find(record, now_);
    EXPECT_TRUE(found);
    return *found ? (*found)->number.value : 0;
  }
  ErrorCode refusal(const broker::Record& record) {
    const auto found = repeats_.find(record, now_);
    return found ? ErrorCode::internal_error : found.error().code;
  }

  Repeats::Time now_{1h};
  Repeats repeats_{{.age = 600s, .keys = 3}};
};

TEST_F(RepeatsTest, remember_what_the_first_came_to) {
  EXPECT_EQ(first(record("k")), 0U);
  remember(record("k"), 7, 3);
  const auto found = repeats_.find(record("k"), now_);
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->number, Sequence{7});
  EXPECT_EQ((*found)->sessions, 3U);
  EXPECT_EQ(first(record("other")), 0U);
}

TEST_F(RepeatsTest, remember_as_long_as_the_log_holds_it) {
  remember(record("k"), 7);
  now_ += 600s;
  EXPECT_EQ(first(record("k")), 7U);
  now_ += 1ns;
  EXPECT_EQ(first(record("k")), 0U);
  EXPECT_EQ(repeats_.forgotten(), 0U) << "in time";
}

TEST_F(RepeatsTest, let_a_key_be_used_again_after_its_time) {
  remember(record("k"), 7);
  now_ += 601s;
  EXPECT_EQ(first(record("k", "another")), 0U);
  remember(record("k", "another"), 8);
  now_ += 600s;
  EXPECT_EQ(first(record("k", "another")), 8U) << "from then on";
}

TEST_F(RepeatsTest, do_not_live_longer_for_being_asked_for) {
  remember(record("k"), 7);
  now_ += 400s;
  EXPECT_EQ(first(record("k")), 7U);
  now_ += 201s;
  EXPECT_EQ(first(record("k")), 0U);
}

TEST_F(RepeatsTest, refuse_another_message_by_the_same_key) {
  remember(record("k"), 7);
  EXPECT_EQ(refusal(record("k", "hullo")), ErrorCode::idempotency_conflict);
  EXPECT_EQ(refusal(record("k", "hello", client("bob"))), ErrorCode::idempotency_conflict);
  EXPECT_EQ(refusal(record("k", "hello", broker::Topic::of(*GroupName::parse("ann")))),
            ErrorCode::idempotency_conflict)
      << "a group of the same name is another topic";
  EXPECT_EQ(refusal(record("k", "hello", broker::Topic::everyone())),
            ErrorCode::idempotency_conflict);
  EXPECT_EQ(first(record("k")), 7U) << "the first still counts";
}

TEST_F(RepeatsTest, tell_a_name_and_a_text_apart_wherever_one_ends) {
  remember(record("k", "b", client("a")), 7);
  EXPECT_EQ(refusal(record("k", "", client("ab"))), ErrorCode::idempotency_conflict);
}

TEST_F(RepeatsTest, forget_the_oldest_beyond_the_limit_and_count_it) {
  for (std::uint64_t i = 1; i <= 3; ++i) remember(record(std::to_string(i)), i);
  EXPECT_EQ(repeats_.forgotten(), 0U);
  remember(record("4"), 4);
  EXPECT_EQ(repeats_.forgotten(), 1U);
  EXPECT_EQ(first(record("1")), 0U);
  for (std::uint64_t i = 2; i <= 4; ++i) EXPECT_EQ(first(record(std::to_string(i))), i);
  remember(record("5"), 5);
  EXPECT_EQ(repeats_.forgotten(), 2U);
  EXPECT_EQ(first(record("2")), 0U);
}

TEST_F(RepeatsTest, have_room_again_when_the_time_of_some_is_over) {
  remember(record("1"), 1);
  remember(record("2"), 2);
  now_ += 300s;
  remember(record("3"), 3);
  now_ += 301s;
  EXPECT_EQ(first(record("4")), 0U);
  remember(record("4"), 4);
  EXPECT_EQ(first(record("1")), 0U);
  EXPECT_EQ(first(record("3")), 3U);
  EXPECT_EQ(first(record("4")), 4U);
  EXPECT_EQ(repeats_.forgotten(), 0U);
}

}  // namespace
}  // namespace tayori::hub
