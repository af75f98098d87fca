#include "hub/tail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

#include "broker/memory_broker.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

TopicRef topic(std::string_view name) {
  return std::make_shared<const broker::Topic>(broker::Topic::of(*GroupName::parse(name)));
}

std::vector<std::uint64_t> numbers(const std::vector<session::EnvelopeRef>& items) {
  std::vector<std::uint64_t> all;
  for (const auto& item : items) all.push_back(item->sequence().value);
  return all;
}

class TailTest : public testing::Test {
 protected:
  TailTest() {
    tail_.add_loop(first_);
    tail_.add_loop(second_);
  }

  void send(const TopicRef& to, std::string data = "x") {
    newest_ = tail_.take_message(head_ = head_.next(), *to, data);
  }
  void join(LoopIndex loop, const TopicRefs& topics) {
    static_cast<void>(tail_.read_or_join(loop, topics, head_, joined_));
  }
  static std::vector<std::uint64_t> taken(Inbox& inbox) {
    std::vector<Parcel> parcels;
    EXPECT_EQ(inbox.take(parcels), Inbox::Taken::all);
    std::vector<std::uint64_t> all;
    for (const Parcel& parcel : parcels) all.push_back(parcel.envelope->sequence().value);
    return all;
  }

  base::ManualClock clock_;
  Sequence head_;
  std::size_t newest_ = 0;
  TopicRefs joined_;
  Inbox first_{[] {}};
  Inbox second_{[] {}};
  Tail tail_{{.age = 600s, .messages_per_topic = 500}, clock_};
  const TopicRef a_ = topic("a");
  const TopicRef b_ = topic("b");
};

TEST_F(TailTest, hands_a_record_to_each_loop_that_hears_it) {
  join(0, {a_, b_});
  join(1, {b_});
  join(1, {b_});
  send(a_);
  EXPECT_EQ(newest_, 1U);
  send(b_);
  EXPECT_EQ(newest_, 3U);
  send(topic("c"));
  EXPECT_EQ(newest_, 0U);
  EXPECT_THAT(taken(first_), ElementsAre(1, 2));
  EXPECT_THAT(taken(second_), ElementsAre(2)) << "once, however many hear it there";
}

TEST_F(TailTest, encodes_a_message_once_for_all) {
  join(0, {a_});
  send(a_, "hello");
  std::vector<Parcel> parcels;
  ASSERT_EQ(first_.take(parcels), Inbox::Taken::all);
  EXPECT_EQ(parcels.at(0).envelope->text(), "m1\nhello");
  EXPECT_EQ(tail_.read_one({a_}, {}).items.at(0), parcels[0].envelope);
}

TEST_F(TailTest, hands_nothing_to_who_has_left) {
  join(0, {a_, b_});
  tail_.leave(0, {a_, b_});
  send(a_);
  EXPECT_THAT(taken(first_), IsEmpty());
}

TEST_F(TailTest, joins_a_reader_only_at_the_head) {
  for (int i = 0; i < 300; ++i) send(a_);
  auto page = tail_.read_or_join(0, {a_}, {}, joined_);
  EXPECT_EQ(page.items.size(), 256U);
  EXPECT_FALSE(page.at_head);
  send(a_);
  EXPECT_THAT(taken(first_), IsEmpty()) << "it will be read";
  page = tail_.read_or_join(0, {a_}, page.place, joined_);
  EXPECT_EQ(page.items.size(), 45U);
  EXPECT_TRUE(page.at_head);
  send(a_);
  EXPECT_THAT(taken(first_), ElementsAre(302));
}

TEST_F(TailTest, reads_one_message_without_joining) {
  send(a_);
  send(a_);
  EXPECT_THAT(numbers(tail_.read_one({a_}, {}).items), ElementsAre(1));
  EXPECT_THAT(numbers(tail_.read_one({a_}, {1}).items), ElementsAre(2));
  EXPECT_THAT(numbers(tail_.read_one({a_}, {2}).items), IsEmpty());
  send(a_);
  EXPECT_THAT(taken(first_), IsEmpty());
}

TEST_F(TailTest, passes_a_record_that_is_no_message_and_shows_it_to_nobody) {
  join(0, {a_});
  send(a_);
  tail_.pass(head_ = head_.next());
  EXPECT_EQ(tail_.head(), Sequence{2});
  EXPECT_THAT(taken(first_), ElementsAre(1));
  EXPECT_THAT(numbers(tail_.read_one({a_}, {1}).items), IsEmpty());
}

TEST_F(TailTest, knows_what_left_the_window) {
  send(a_);
  EXPECT_FALSE(tail_.has_lost({a_, b_}, {}));
  clock_.advance(601s);
  tail_.expire();
  EXPECT_TRUE(tail_.has_lost({a_, b_}, {}));
  EXPECT_FALSE(tail_.has_lost({a_, b_}, {1}));
  EXPECT_FALSE(tail_.has_lost({b_}, {}));
  EXPECT_EQ(tail_.held().messages, 0U);
  EXPECT_EQ(tail_.held().bytes, 0U);
}

TEST_F(TailTest, counts_more_for_a_message_than_its_payload) {
  send(a_, std::string(1'000, 'x'));
  EXPECT_GT(tail_.held().bytes, 1'000U);
  EXPECT_EQ(tail_.held().messages, 1U);
}

/// Reads `wanted` messages of `topic` as a page does: joins at the head, takes some, leaves, and
/// begins again from where it stands.
std::vector<std::uint64_t> follow(Tail& tail, LoopIndex loop, Inbox& inbox,
                                  std::counting_semaphore<>& awake, const TopicRef& topic,
                                  std::size_t wanted) {
  std::vector<std::uint64_t> seen;
  Sequence place;
  const auto take = [&](const session::EnvelopeRef& message) {
    if (message->sequence() <= place) return;
    place = message->sequence();
    seen.push_back(place.value);
  };
  while (seen.size() < wanted) {
    TopicRefs joined;
    const Tail::Page page = tail.read_or_join(loop, {topic}, place, joined);
    EXPECT_FALSE(page.gap_before);
    for (const auto& item : page.items) take(item);
    place = std::max(place, page.place);
    if (!page.at_head) continue;
    for (int i = 0; i < 3 && seen.size() < wanted; ++i) {
      // A record that had fallen between reading and joining would leave this waiting for ever.
      awake.acquire();
      std::vector<Parcel> parcels;
      EXPECT_EQ(inbox.take(parcels), Inbox::Taken::all);
      for (const Parcel& parcel : parcels) take(parcel.envelope);
    }
    tail.leave(loop, {topic});
  }
  return seen;
}

/// Hands a broker's messages to a tail.
struct Messages final : broker::BrokerEvents {
  explicit Messages(Tail& to) : tail(to) {}
  void on_record(Sequence number, broker::Record&& record) override {
    tail.take_message(number, record.topic, record.body);
  }
  Tail& tail;
};

TEST(TailThreads, lets_nothing_fall_between_replay_and_live_delivery) {
  constexpr int kSenders = 2;
  constexpr std::size_t kEach = 2'000;
  const base::ManualClock clock;
  Tail tail({.messages_per_topic = kSenders * kEach}, clock);
  std::counting_semaphore<> awake(0);
  Inbox inbox([&] { awake.release(); });
  tail.add_loop(inbox);
  Messages messages(tail);
  broker::MemoryBroker broker("e1");
  broker.start(messages);

  const TopicRef heard = topic("heard");
  std::vector<std::vector<std::uint64_t>> sent(kSenders);
  const auto send = [&](std::vector<std::uint64_t>& numbers_sent) {
    for (std::size_t i = 0; i < kEach; ++i) {
      broker.append({broker::Record::Kind::message, *heard, "x"},
                    [&](Result<Sequence> number) { numbers_sent.push_back(number->value); });
      broker.append({broker::Record::Kind::message, broker::Topic::everyone(), "y"}, {});
    }
  };
  std::vector<std::thread> senders;
  for (auto& numbers_sent : sent) senders.emplace_back(send, std::ref(numbers_sent));
  const auto seen = follow(tail, 0, inbox, awake, heard, kSenders * kEach);
  for (std::thread& sender : senders) sender.join();

  std::vector<std::uint64_t> all = sent[0];
  all.insert(all.end(), sent[1].begin(), sent[1].end());
  std::sort(all.begin(), all.end());
  EXPECT_EQ(seen, all) << "ascending, each once, none missing";
}

}  // namespace
}  // namespace tayori::hub
