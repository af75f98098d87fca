#include "hub/interest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <utility>
#include <vector>

namespace tayori::hub {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TopicRef topic(std::string_view name) {
  return std::make_shared<const broker::Topic>(broker::Topic::of(*GroupName::parse(name)));
}

/// Loops and their sessions, as told for `wanted`.
std::vector<std::pair<LoopIndex, std::uint32_t>> shares(const Interest& interest,
                                                        const TopicRef& wanted) {
  std::vector<std::pair<LoopIndex, std::uint32_t>> all;
  std::size_t sessions = 0;
  const std::size_t told =
      interest.each(*wanted, [&](const TopicRef& known, const Interest::Share& share) {
        EXPECT_EQ(*known, *wanted);
        all.emplace_back(share.loop, share.sessions);
        sessions += share.sessions;
      });
  EXPECT_EQ(told, sessions);
  return all;
}

TEST(Interest, is_nobodys_at_first) {
  const Interest interest;
  EXPECT_THAT(shares(interest, topic("a")), IsEmpty());
}

TEST(Interest, counts_the_sessions_of_each_loop) {
  Interest interest;
  interest.join(topic("a"), 0);
  interest.join(topic("a"), 2);
  interest.join(topic("a"), 0);
  interest.join(topic("b"), 1);
  EXPECT_THAT(shares(interest, topic("a")), ElementsAre(Pair(0, 2), Pair(2, 1)));
  EXPECT_THAT(shares(interest, topic("b")), ElementsAre(Pair(1, 1)));
}

TEST(Interest, ends_with_the_last_session_of_a_loop) {
  Interest interest;
  interest.join(topic("a"), 0);
  interest.join(topic("a"), 0);
  interest.join(topic("a"), 1);
  interest.leave(*topic("a"), 0);
  EXPECT_THAT(shares(interest, topic("a")), ElementsAre(Pair(0, 1), Pair(1, 1)));
  interest.leave(*topic("a"), 0);
  EXPECT_THAT(shares(interest, topic("a")), ElementsAre(Pair(1, 1)));
  interest.leave(*topic("a"), 1);
  EXPECT_THAT(shares(interest, topic("a")), IsEmpty());
}

TEST(Interest, does_not_hold_topics_that_nobody_hears) {
  Interest interest;
  const TopicRef a = topic("a");
  interest.join(a, 0);
  EXPECT_EQ(a.use_count(), 2);
  interest.leave(*a, 0);
  EXPECT_EQ(a.use_count(), 1);
}

TEST(Interest, tells_a_group_from_a_client_of_its_name) {
  Interest interest;
  interest.join(topic("ann"), 0);
  const auto client =
      std::make_shared<const broker::Topic>(broker::Topic::of(*ClientId::parse("ann")));
  EXPECT_THAT(shares(interest, client), IsEmpty());
}

TEST(InterestDeathTest, is_left_only_by_who_has_joined) {
  Interest interest;
  EXPECT_EXIT(interest.leave(*topic("a"), 0), testing::KilledBySignal(SIGABRT), "");
  interest.join(topic("a"), 0);
  EXPECT_EXIT(interest.leave(*topic("a"), 1), testing::KilledBySignal(SIGABRT), "");
}

}  // namespace
}  // namespace tayori::hub
