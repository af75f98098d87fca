#include "hub/inbox.h"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <memory>
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

namespace tayori::hub {
namespace {

using Taken = Inbox::Taken;

TopicRef topic() {
  static const TopicRef everyone = std::make_shared<const broker::Topic>(broker::Topic::everyone());
  return everyone;
}

session::EnvelopeRef message(std::uint64_t number) {
  return session::Envelope::message({number}, "x");
}

class InboxTest : public testing::Test {
 protected:
  void push(int count) {
    for (int i = 0; i < count; ++i) inbox_.push(topic(), message(++pushed_));
  }
  Taken take() {
    parcels_.clear();
    return inbox_.take(parcels_);
  }

  int wakes_ = 0;
  std::uint64_t pushed_ = 0;
  Inbox inbox_{[this] { ++wakes_; }, 10};
  std::vector<Parcel> parcels_;
};

TEST_F(InboxTest, gives_what_was_pushed_in_its_order) {
  push(10);
  ASSERT_EQ(take(), Taken::all);
  ASSERT_EQ(parcels_.size(), 10U);
  for (std::uint64_t i = 0; i < 10; ++i) {
    EXPECT_EQ(parcels_[i].envelope->sequence(), Sequence{i + 1});
    EXPECT_EQ(*parcels_[i].topic, *topic());
  }
  EXPECT_EQ(take(), Taken::all);
  EXPECT_TRUE(parcels_.empty());
}

TEST_F(InboxTest, wakes_its_loop_once_until_the_loop_takes) {
  push(3);
  EXPECT_EQ(wakes_, 1);
  ASSERT_EQ(take(), Taken::all);
  EXPECT_EQ(wakes_, 1);
  push(3);
  EXPECT_EQ(wakes_, 2);
}

TEST_F(InboxTest, throws_all_away_when_the_loop_cannot_keep_up) {
  push(11);
  EXPECT_EQ(wakes_, 1);
  EXPECT_EQ(take(), Taken::overrun);
  EXPECT_TRUE(parcels_.empty());
}

TEST_F(InboxTest, gives_nothing_that_follows_a_loss) {
  push(15);
  ASSERT_EQ(take(), Taken::overrun);
  EXPECT_TRUE(parcels_.empty()) << "12 to 15 are in the log, with what lies before them";
  push(2);
  ASSERT_EQ(take(), Taken::all);
  ASSERT_EQ(parcels_.size(), 2U);
  EXPECT_EQ(parcels_[0].envelope->sequence(), Sequence{16});
}

TEST_F(InboxTest, lets_go_of_what_it_throws_away) {
  const session::EnvelopeRef kept = message(1);
  for (int i = 0; i < 10; ++i) inbox_.push(topic(), kept);
  EXPECT_EQ(kept.use_count(), 11);
  inbox_.push(topic(), kept);
  EXPECT_EQ(kept.use_count(), 1);
}

TEST_F(InboxTest, may_overrun_again_and_again) {
  for (int i = 0; i < 3; ++i) {
    push(100);
    EXPECT_EQ(take(), Taken::overrun);
  }
  EXPECT_EQ(wakes_, 3);
}

TEST(InboxThreads, loses_nothing_and_keeps_each_senders_order) {
  constexpr std::uint64_t kEach = 5'000;
  constexpr std::uint64_t kThreads = 3;
  std::counting_semaphore<> awake(0);
  Inbox inbox([&] { awake.release(); });
  const auto send = [&](std::uint64_t thread) {
    for (std::uint64_t i = 0; i < kEach; ++i) inbox.push(topic(), message(thread * kEach + i));
  };
  std::vector<std::thread> senders;
  for (std::uint64_t thread = 0; thread < kThreads; ++thread) senders.emplace_back(send, thread);

  std::map<std::uint64_t, std::uint64_t> next;
  std::vector<Parcel> parcels;
  for (std::uint64_t seen = 0; seen < kThreads * kEach; seen += parcels.size()) {
    // A wake that were lost would leave this waiting for ever.
    awake.acquire();
    parcels.clear();
    ASSERT_EQ(inbox.take(parcels), Taken::all);
    for (const Parcel& parcel : parcels) {
      const std::uint64_t number = parcel.envelope->sequence().value;
      EXPECT_EQ(number % kEach, next[number / kEach]++);
    }
  }
  for (std::thread& sender : senders) sender.join();
}

}  // namespace
}  // namespace tayori::hub
