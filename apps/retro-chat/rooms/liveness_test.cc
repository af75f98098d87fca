#include "rooms/liveness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/store_for_tests.h"

namespace retrochat {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class LivenessTest : public ::testing::Test {
 protected:
  std::vector<tayori::ClientId> due() {
    std::vector<tayori::ClientId> all;
    for (const Liveness::Due& each : liveness.due(time.now())) all.push_back(each.who);
    return all;
  }

  ManualClock time;
  LivenessLimits limits;
  Liveness liveness{limits};
  const tayori::ClientId ann = *tayori::ClientId::parse("retro/1/ann");
  const tayori::ClientId bob = *tayori::ClientId::parse("retro/1/bob");
};

TEST_F(LivenessTest, keeps_who_is_connected) {
  liveness.requested(ann, time.now());
  liveness.connected(ann, time.now());
  time.pass(std::chrono::hours{24});
  EXPECT_THAT(due(), IsEmpty());
}

TEST_F(LivenessTest, gives_up_after_the_grace_when_the_channel_is_gone) {
  liveness.connected(ann, time.now());
  liveness.disconnected(ann, time.now());
  time.pass(limits.leave_grace - std::chrono::milliseconds{1});
  EXPECT_THAT(due(), IsEmpty());
  time.pass(std::chrono::milliseconds{1});
  EXPECT_THAT(due(), ElementsAre(ann));
  EXPECT_THAT(due(), IsEmpty());
}

TEST_F(LivenessTest, spares_who_went_without_a_word_for_as_long_as_a_page_may_be_quiet) {
  liveness.silent(ann, time.now());
  liveness.disconnected(bob, time.now());
  time.pass(limits.leave_grace);
  const auto gone = liveness.due(time.now());
  ASSERT_EQ(gone.size(), 2U);
  EXPECT_TRUE(liveness.spare(gone[0], time.now()));
  EXPECT_FALSE(liveness.spare(gone[1], time.now())) << "bob said so";
  time.pass(limits.quiet - limits.leave_grace - std::chrono::milliseconds{1});
  EXPECT_THAT(due(), IsEmpty());
  time.pass(std::chrono::milliseconds{1});
  const auto again = liveness.due(time.now());
  ASSERT_EQ(again.size(), 1U);
  EXPECT_FALSE(liveness.spare(again[0], time.now()));
}

TEST_F(LivenessTest, waits_longer_when_it_was_tayori_that_stopped) {
  liveness.connected(ann, time.now());
  liveness.connected(bob, time.now());
  liveness.cut_off(ann, time.now());
  liveness.cut_off(bob, time.now());
  time.pass(limits.restart_grace - std::chrono::milliseconds{1});
  EXPECT_THAT(due(), IsEmpty());
  liveness.connected(bob, time.now());
  time.pass(std::chrono::milliseconds{1});
  EXPECT_THAT(due(), ElementsAre(ann));
}

TEST_F(LivenessTest, takes_a_reload_for_what_it_is) {
  liveness.connected(ann, time.now());
  liveness.disconnected(ann, time.now());
  liveness.requested(ann, time.now());
  time.pass(limits.leave_grace);
  EXPECT_THAT(due(), IsEmpty());
  liveness.connected(ann, time.now());
  time.pass(limits.quiet);
  EXPECT_THAT(due(), IsEmpty());
}

TEST_F(LivenessTest, waits_longer_for_pages_without_a_channel) {
  liveness.requested(ann, time.now());
  time.pass(limits.quiet - std::chrono::seconds{1});
  liveness.requested(ann, time.now());
  time.pass(limits.quiet - std::chrono::seconds{1});
  EXPECT_THAT(due(), IsEmpty());
  time.pass(std::chrono::seconds{1});
  EXPECT_THAT(due(), ElementsAre(ann));
}

TEST_F(LivenessTest, waits_longer_than_a_page_takes_between_polls) {
  EXPECT_GT(limits.quiet, std::chrono::minutes{15});
}

TEST_F(LivenessTest, gives_people_time_to_come_back_after_a_restart) {
  liveness.expected(ann, time.now());
  liveness.expected(bob, time.now());
  liveness.connected(bob, time.now());
  time.pass(limits.restart_grace);
  EXPECT_THAT(due(), ElementsAre(ann));
}

TEST_F(LivenessTest, remembers_a_channel_that_stays_open_after_leaving) {
  liveness.connected(ann, time.now());
  liveness.left(ann);
  liveness.requested(ann, time.now());
  time.pass(std::chrono::hours{1});
  EXPECT_THAT(due(), IsEmpty());
}

TEST_F(LivenessTest, forgets_who_left) {
  liveness.requested(ann, time.now());
  liveness.left(ann);
  time.pass(std::chrono::hours{1});
  EXPECT_THAT(due(), IsEmpty());
}

TEST_F(LivenessTest, looks_again_only_at_who_is_still_connected) {
  liveness.connected(ann, time.now());
  liveness.connected(bob, time.now());
  time.pass(limits.leave_grace);
  EXPECT_THAT(liveness.settled(time.now()), ElementsAre(ann, bob));
  liveness.disconnected(bob, time.now());
  for (const auto& who : {ann, bob}) liveness.look_again(who, time.now());
  time.pass(limits.leave_grace);
  EXPECT_THAT(liveness.settled(time.now()), ElementsAre(ann));
  EXPECT_THAT(due(), ElementsAre(bob));
}

TEST_F(LivenessTest, hands_out_who_has_a_channel_for_a_while_once) {
  liveness.connected(ann, time.now());
  liveness.connected(bob, time.now());
  time.pass(limits.leave_grace - std::chrono::milliseconds{1});
  EXPECT_THAT(liveness.settled(time.now()), IsEmpty());
  liveness.disconnected(bob, time.now());
  time.pass(std::chrono::milliseconds{1});
  EXPECT_THAT(liveness.settled(time.now()), ElementsAre(ann));
  EXPECT_THAT(liveness.settled(time.now()), IsEmpty());
  liveness.connected(ann, time.now());
  time.pass(limits.leave_grace);
  EXPECT_THAT(liveness.settled(time.now()), ElementsAre(ann));
}

}  // namespace
}  // namespace retrochat
