#include "hub/presence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/random.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using session::Departure;
using testing::ElementsAre;
using testing::IsEmpty;

TopicRef client(std::string_view name) {
  return std::make_shared<const broker::Topic>(broker::Topic::of(*ClientId::parse(name)));
}

bool has_come(const Control& change) { return std::holds_alternative<Control::Come>(change.act); }

class PresenceTest : public testing::Test {
 protected:
  PresenceTest() {
    presence_.on_change([this](const Control& change) {
      edges_.push_back((has_come(change) ? "+" : "-") + change.client_id.text());
    });
  }

  void open(std::string_view name) { ASSERT_TRUE(presence_.opened(client(name), {})); }
  void close(std::string_view name, Departure departure) {
    presence_.closed(*client(name), 0, departure, PresenceEdge::Reason::lost, now_);
  }
  void pass(std::chrono::milliseconds time) {
    now_ += time;
    presence_.expire(now_);
  }
  std::vector<std::string> edges() { return std::exchange(edges_, {}); }

  base::ManualClock clock_;
  Presence presence_{5s, clock_};
  Presence::Time now_{1h};
  std::vector<std::string> edges_;
};

TEST_F(PresenceTest, tells_of_the_first_session_and_of_an_orderly_end) {
  open("ann");
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  close("ann", Departure::closed);
  EXPECT_THAT(edges(), ElementsAre("-ann"));
}

TEST_F(PresenceTest, tells_at_its_end_that_all_have_gone_and_nothing_after) {
  open("ann");
  open("bob");
  close("bob", Departure::lost);
  EXPECT_THAT(edges(), ElementsAre("+ann", "+bob"));
  presence_.end();
  EXPECT_THAT(edges(), testing::UnorderedElementsAre("-ann", "-bob"));
  // A page that the drain did not wait for ends later than presence.
  close("ann", Departure::closed);
  open("carol");
  close("carol", Departure::lost);
  pass(1h);
  EXPECT_THAT(edges(), IsEmpty());
}

TEST_F(PresenceTest, tells_nothing_of_further_sessions) {
  open("ann");
  open("ann");
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  close("ann", Departure::closed);
  EXPECT_THAT(edges(), IsEmpty());
  close("ann", Departure::closed);
  EXPECT_THAT(edges(), ElementsAre("-ann"));
}

TEST_F(PresenceTest, waits_the_grace_time_after_a_loss) {
  open("ann");
  close("ann", Departure::lost);
  pass(4'999ms);
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  pass(1ms);
  EXPECT_THAT(edges(), ElementsAre("-ann"));
}

TEST_F(PresenceTest, takes_a_reconnect_within_the_grace_time_for_no_leaving) {
  open("ann");
  close("ann", Departure::lost);
  pass(4s);
  open("ann");
  pass(1h);
  EXPECT_THAT(edges(), ElementsAre("+ann"));
}

TEST_F(PresenceTest, gives_the_whole_grace_time_after_every_loss) {
  open("ann");
  close("ann", Departure::lost);
  pass(4s);
  open("ann");
  close("ann", Departure::lost);
  pass(4s);
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  pass(1s);
  EXPECT_THAT(edges(), ElementsAre("-ann"));
}

TEST_F(PresenceTest, lets_the_last_session_decide) {
  open("ann");
  open("ann");
  close("ann", Departure::lost);
  pass(1h);
  EXPECT_THAT(edges(), ElementsAre("+ann")) << "another session is there";
  close("ann", Departure::closed);
  EXPECT_THAT(edges(), ElementsAre("-ann")) << "in order, so at once";
}

TEST_F(PresenceTest, tells_an_orderly_end_after_a_reconnect_at_once) {
  open("ann");
  close("ann", Departure::lost);
  open("ann");
  close("ann", Departure::closed);
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann"));
  pass(1h);
  EXPECT_THAT(edges(), IsEmpty()) << "and once";
}

TEST_F(PresenceTest, tells_of_a_new_coming_after_the_grace_time) {
  open("ann");
  close("ann", Departure::lost);
  pass(5s);
  open("ann");
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann", "+ann"));
}

TEST_F(PresenceTest, tells_of_each_client_by_itself_in_the_order_of_their_losses) {
  for (const char* name : {"ann", "bob", "cid"}) open(name);
  edges();
  close("bob", Departure::lost);
  now_ += 1s;
  close("ann", Departure::lost);
  close("cid", Departure::closed);
  EXPECT_THAT(edges(), ElementsAre("-cid"));
  pass(4s);
  EXPECT_THAT(edges(), ElementsAre("-bob"));
  pass(1s);
  EXPECT_THAT(edges(), ElementsAre("-ann"));
}

TEST_F(PresenceTest, waits_at_least_five_seconds_for_the_next_poll) {
  const base::ManualClock clock;
  Presence presence{0s, clock};
  int changes = 0;
  presence.on_change([&](const Control&) { ++changes; });
  ASSERT_TRUE(presence.opened(client("ann"), {}));
  presence.closed(*client("ann"), 0, Departure::answered, PresenceEdge::Reason::lost, now_);
  presence.expire(now_ + 4'999ms);
  EXPECT_EQ(changes, 1);
  presence.expire(now_ + 5s);
  EXPECT_EQ(changes, 2);
}

TEST_F(PresenceTest, tells_of_each_when_its_own_grace_time_is_over) {
  const base::ManualClock clock;
  Presence presence{1s, clock};
  presence.on_change([this](const Control& change) {
    if (!has_come(change)) edges_.push_back(change.client_id.text());
  });
  base::Random random = base::Random::seeded(3);
  std::multimap<Presence::Time, std::string> due;
  for (int i = 0; i < 300; ++i) {
    const std::string name = std::to_string(i);
    const bool is_polling = random.below(2) == 0;
    ASSERT_TRUE(presence.opened(client(name), {}));
    presence.closed(*client(name), 0, is_polling ? Departure::answered : Departure::lost,
                    PresenceEdge::Reason::lost, now_);
    due.emplace(now_ + (is_polling ? 5s : 1s), name);
    now_ += std::chrono::milliseconds(random.below(50));
  }
  // Nobody has looked so far: those that are due come in the order of their times.
  std::vector<std::string> expected;
  for (const auto& [time, name] : due) {
    if (time > now_) break;
    expected.push_back(name);
  }
  ASSERT_GT(expected.size(), 100U);
  presence.expire(now_);
  EXPECT_EQ(edges(), expected);
  for (std::size_t told = expected.size(); told < due.size();) {
    now_ += 10ms;
    ASSERT_LT(now_, due.rbegin()->first + 1s);
    presence.expire(now_);
    for (const std::string& name : edges()) {
      ++told;
      const auto entry = std::find_if(due.begin(), due.end(),
                                      [&](const auto& each) { return each.second == name; });
      EXPECT_LE(entry->first, now_);
      EXPECT_GT(entry->first, now_ - 10ms);
    }
  }
}

TEST_F(PresenceTest, lets_one_come_back_out_of_the_middle_of_those_that_leave) {
  for (const char* name : {"ann", "bob", "cid"}) {
    open(name);
    close(name, Departure::lost);
    now_ += 1s;
  }
  edges();
  open("bob");
  pass(1h);
  EXPECT_THAT(edges(), ElementsAre("-ann", "-cid"));
}

TEST_F(PresenceTest, need_not_wait_for_one_that_has_said_goodbye) {
  open("ann");
  presence_.left(*client("ann"), {}, PresenceEdge::Reason::closed);
  EXPECT_THAT(edges(), ElementsAre("+ann")) << "a session is there";
  close("ann", Departure::answered);
  presence_.left(*client("bob"), {}, PresenceEdge::Reason::closed);
  presence_.left(*client("ann"), {}, PresenceEdge::Reason::closed);
  presence_.left(*client("ann"), {}, PresenceEdge::Reason::closed);
  EXPECT_THAT(edges(), ElementsAre("-ann"));
  pass(1h);
  EXPECT_THAT(edges(), IsEmpty()) << "and once";
}

TEST_F(PresenceTest, waits_for_one_that_is_away_when_another_has_left) {
  const auto come = [&](std::uint64_t session) {
    ASSERT_TRUE(presence_.opened(client("ann"), {.policy = Policy::multi, .session = session}));
  };
  const auto go = [&](std::uint64_t session, Departure departure) {
    presence_.closed(*client("ann"), session, departure, PresenceEdge::Reason::closed, now_);
  };
  come(1);
  come(2);
  go(2, Departure::lost);
  go(1, Departure::closed);
  pass(4'999ms);
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  come(2);
  go(2, Departure::closed);
  EXPECT_THAT(edges(), ElementsAre("-ann")) << "it had come back, and nobody else is away";
  come(1);
  come(1);
  go(1, Departure::answered);
  go(1, Departure::closed);
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann")) << "one that has moved is not away";
}

TEST_F(PresenceTest, waits_no_longer_for_the_one_that_has_said_goodbye) {
  for (const std::uint64_t session : {1U, 2U})
    ASSERT_TRUE(presence_.opened(client("ann"), {.policy = Policy::multi, .session = session}));
  for (const std::uint64_t session : {1U, 2U})
    presence_.closed(*client("ann"), session, Departure::lost, PresenceEdge::Reason::lost, now_);
  presence_.left(*client("ann"), 1, PresenceEdge::Reason::closed);
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  presence_.left(*client("ann"), 3, PresenceEdge::Reason::closed);
  EXPECT_THAT(edges(), IsEmpty());
  presence_.left(*client("ann"), 2, PresenceEdge::Reason::closed);
  EXPECT_THAT(edges(), ElementsAre("-ann"));
}

TEST_F(PresenceTest, goes_without_anybody_who_wants_to_know) {
  const base::ManualClock clock;
  Presence presence{0s, clock};
  ASSERT_TRUE(presence.opened(client("ann"), {}));
  EXPECT_EQ(presence.sessions(*client("ann")), 1U);
  presence.closed(*client("ann"), 0, Departure::lost, PresenceEdge::Reason::lost, now_);
  presence.expire(now_);
  EXPECT_EQ(presence.sessions(*client("ann")), 0U);
}

TEST(PresenceDeathTest, closes_only_what_was_opened) {
  const base::ManualClock clock;
  Presence presence{5s, clock};
  EXPECT_EXIT(presence.closed(*client("ann"), 0, Departure::lost, PresenceEdge::Reason::lost,
                              Presence::Time{}),
              testing::KilledBySignal(SIGABRT), "");
}

TEST(PresenceThreads, tells_alternating_edges_however_many_loops_open_and_close) {
  constexpr int kRounds = 2'000;
  const base::ManualClock clock;
  Presence presence{0s, clock};
  std::map<std::string, std::vector<bool>> edges;  // under presence's own lock
  presence.on_change(
      [&](const Control& change) { edges[change.client_id.text()].push_back(has_come(change)); });
  const auto loop = [&](Departure departure) {
    const Presence::Time now{1h};
    const TopicRef own = client(departure == Departure::lost ? "lost" : "closed");
    const TopicRef shared = client("shared");
    for (int i = 0; i < kRounds; ++i) {
      EXPECT_TRUE(presence.opened(shared, {}));
      EXPECT_TRUE(presence.opened(own, {}));
      presence.closed(*own, 0, departure, PresenceEdge::Reason::lost, now);
      presence.closed(*shared, 0, departure, PresenceEdge::Reason::lost, now);
      presence.expire(now);
    }
  };
  std::thread first(loop, Departure::lost);
  std::thread second(loop, Departure::closed);
  first.join();
  second.join();
  presence.expire(Presence::Time{2h});
  EXPECT_EQ(edges.size(), 3U);
  for (const auto& [name, told] : edges) {
    EXPECT_EQ(told.size() % 2, 0U) << name;
    for (std::size_t i = 0; i < told.size(); ++i) ASSERT_EQ(told[i], i % 2 == 0) << name;
  }
}

}  // namespace
}  // namespace tayori::hub
