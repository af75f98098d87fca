#include "server/program_presence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <mutex>
#include <semaphore>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tayori::server {
namespace {

using testing::ElementsAre;
using Kind = PresenceEdge::Kind;

constexpr std::size_t kEnough = 100'000;

PresenceEdge edge(Kind kind, std::string_view name, std::uint64_t generation = 0) {
  return {.kind = kind, .client_id = *ClientId::parse(name), .generation = generation};
}
PresenceEdge came(std::string_view name) { return edge(Kind::connected, name); }
PresenceEdge went(std::string_view name) { return edge(Kind::disconnected, name); }
std::string text(const PresenceEdge& edge) {
  return (edge.kind == Kind::connected ? "+" : "-") + edge.client_id.text();
}

/// A handler that remembers, and can be held up in its first call.
class Program {
 public:
  [[nodiscard]] Server::PresenceHandler handler() {
    return [this](const PresenceEdge& edge) { hear(edge); };
  }
  /// The first edge that is heard holds the handler up until let_go().
  void hold() { is_held_ = true; }
  void await_first() { entered_.get_future().wait(); }
  void let_go() { may_go_.set_value(); }

  [[nodiscard]] std::vector<std::string> heard() {
    const std::scoped_lock lock(mutex_);
    return heard_;
  }

 private:
  void hear(const PresenceEdge& edge) {
    EXPECT_FALSE(is_in_handler_.exchange(true)) << "one at a time";
    bool waits = false;
    {
      const std::scoped_lock lock(mutex_);
      waits = is_held_ && heard_.empty();
      heard_.push_back(text(edge));
    }
    if (waits) {
      entered_.set_value();
      may_go_.get_future().wait();
    }
    is_in_handler_ = false;
  }

  std::mutex mutex_;
  std::vector<std::string> heard_;  // guarded by mutex_
  bool is_held_ = false;
  std::atomic<bool> is_in_handler_{false};
  std::promise<void> entered_;
  std::promise<void> may_go_;
};

class ProgramPresenceTest : public testing::Test {
 protected:
  const base::ManualClock clock_;
  Program program_;
};

TEST_F(ProgramPresenceTest, hands_on_what_it_is_told_on_a_worker) {
  std::thread::id runs_on;
  PresenceEdge heard = came("nobody");
  base::Workers workers(1);
  ProgramPresence presence(
      [&](const PresenceEdge& edge) {
        runs_on = std::this_thread::get_id();
        heard = edge;
      },
      kEnough, workers, clock_);
  PresenceEdge told = edge(Kind::disconnected, "ann", 7);
  told.reason = PresenceEdge::Reason::expired;
  told.at = clock_.wall();
  presence.tell(told);
  workers.join();
  EXPECT_NE(runs_on, std::thread::id());
  EXPECT_NE(runs_on, std::this_thread::get_id());
  EXPECT_EQ(text(heard), "-ann");
  EXPECT_EQ(heard.generation, 7U);
  EXPECT_EQ(heard.reason, PresenceEdge::Reason::expired);
  EXPECT_EQ(heard.at, clock_.wall());
}

TEST_F(ProgramPresenceTest, keeps_the_order_of_a_client_id_and_of_those_who_wait_alike) {
  program_.hold();
  base::Workers workers(2);
  ProgramPresence presence(program_.handler(), kEnough, workers, clock_);
  presence.tell(came("ann"));
  program_.await_first();
  for (const char* name : {"bob", "cid", "dan"}) presence.tell(came(name));
  presence.tell(went("ann"));
  presence.tell(came("ann"));
  program_.let_go();
  workers.join();
  EXPECT_THAT(program_.heard(), ElementsAre("+ann", "+bob", "+cid", "+dan", "-ann", "+ann"));
}

TEST_F(ProgramPresenceTest, hears_of_what_comes_while_it_runs_dry) {
  base::Workers workers(1);
  std::counting_semaphore<> heard(0);
  ProgramPresence presence([&](const PresenceEdge&) { heard.release(); }, kEnough, workers, clock_);
  for (int i = 0; i < 2'000; ++i) {
    presence.tell(came("ann"));
    heard.acquire();
    // One that fell into the end of the run before, and were not seen, would leave this waiting for ever.
    presence.tell(went("ann"));
    heard.acquire();
  }
  workers.join();
}

TEST_F(ProgramPresenceTest, does_not_keep_who_tells_waiting_for_a_slow_handler) {
  program_.hold();
  base::Workers workers(1);
  ProgramPresence presence(program_.handler(), kEnough, workers, clock_);
  presence.tell(came("ann"));
  program_.await_first();
  presence.tell(went("ann"));
  EXPECT_THAT(program_.heard(), ElementsAre("+ann"));
  program_.let_go();
  workers.join();
  EXPECT_THAT(program_.heard(), ElementsAre("+ann", "-ann"));
}

TEST_F(ProgramPresenceTest, goes_on_after_a_handler_that_throws) {
  std::vector<std::string> heard;
  base::Workers workers(1);
  ProgramPresence presence(
      [&](const PresenceEdge& edge) {
        heard.push_back(text(edge));
        if (heard.size() == 1) throw std::runtime_error("broken");
        if (heard.size() == 2) throw 5;  // NOLINT(hicpp-exception-baseclass): programs do
      },
      kEnough, workers, clock_);
  presence.tell(came("ann"));
  presence.tell(went("ann"));
  presence.tell(came("ann"));
  workers.join();
  EXPECT_THAT(heard, ElementsAre("+ann", "-ann", "+ann")) << "none twice, none left out";
}

TEST_F(ProgramPresenceTest, takes_out_those_who_came_and_went_when_too_many_wait) {
  program_.hold();
  base::Workers workers(1);
  ProgramPresence presence(program_.handler(), 4, workers, clock_);
  presence.tell(came("ann"));
  program_.await_first();
  presence.tell(came("bob"));
  presence.tell(went("bob"));
  presence.tell(came("cid"));
  presence.tell(went("ann"));  // One too many, with the one under way.
  presence.tell(came("dan"));
  program_.let_go();
  workers.join();
  EXPECT_THAT(program_.heard(), ElementsAre("+ann", "+cid", "+dan", "-ann"))
      << "nobody is told of bob, and everybody of the rest";
}

TEST_F(ProgramPresenceTest, gives_up_what_has_waited_longest_when_nothing_cancels_out) {
  program_.hold();
  base::Workers workers(1);
  ProgramPresence presence(program_.handler(), 3, workers, clock_);
  presence.tell(came("ann"));
  program_.await_first();
  for (const char* name : {"bob", "cid", "dan"}) presence.tell(came(name));
  program_.let_go();
  workers.join();
  EXPECT_THAT(program_.heard(), ElementsAre("+ann", "+cid", "+dan"));
}

TEST_F(ProgramPresenceTest, lets_other_work_of_the_program_have_its_turn) {
  constexpr std::size_t kMany = 200;
  program_.hold();
  base::Workers workers(1);
  ProgramPresence presence(program_.handler(), kEnough, workers, clock_);
  presence.tell(came("ann"));
  program_.await_first();
  for (std::size_t i = 1; i < kMany; ++i) presence.tell(came("c" + std::to_string(i)));
  std::size_t heard_before = 0;
  workers.submit([&] { heard_before = program_.heard().size(); });
  program_.let_go();
  workers.join();
  EXPECT_GT(heard_before, 1U);
  EXPECT_LT(heard_before, kMany);
  EXPECT_EQ(program_.heard().size(), kMany);
}

TEST_F(ProgramPresenceTest, hands_over_what_waits_before_the_workers_end) {
  constexpr std::size_t kMany = 300;
  program_.hold();
  base::Workers workers(2);
  ProgramPresence presence(program_.handler(), kEnough, workers, clock_);
  presence.tell(came("ann"));
  program_.await_first();
  for (std::size_t i = 1; i < kMany; ++i) presence.tell(came("c" + std::to_string(i)));
  std::thread ending([&] { workers.join(); });
  program_.let_go();
  ending.join();
  EXPECT_EQ(program_.heard().size(), kMany);
}

TEST_F(ProgramPresenceTest, hears_nothing_when_the_workers_have_ended) {
  base::Workers workers(1);
  ProgramPresence presence(program_.handler(), kEnough, workers, clock_);
  presence.tell(came("ann"));
  workers.join();
  presence.tell(went("ann"));
  EXPECT_THAT(program_.heard(), ElementsAre("+ann"));
}

TEST(ProgramPresenceThreads, loses_nothing_that_several_tell_and_mixes_up_no_client) {
  constexpr int kTellers = 3;
  constexpr int kEach = 2'000;
  const base::ManualClock clock;
  std::vector<std::vector<std::uint64_t>> heard(kTellers);
  base::Workers workers(3);
  // Without a lock of its own: one edge at a time.
  ProgramPresence presence(
      [&](const PresenceEdge& edge) {
        heard.at(std::stoul(edge.client_id.text())).push_back(edge.generation);
      },
      kEnough, workers, clock);
  std::vector<std::thread> tellers;
  for (int teller = 0; teller < kTellers; ++teller) {
    tellers.emplace_back([&, name = std::to_string(teller)] {
      for (std::uint64_t i = 0; i < kEach; ++i)
        presence.tell(edge(i % 2 == 0 ? Kind::connected : Kind::disconnected, name, i));
    });
  }
  for (std::thread& teller : tellers) teller.join();
  workers.join();
  std::vector<std::uint64_t> all(kEach);
  for (std::uint64_t i = 0; i < kEach; ++i) all[i] = i;
  for (const auto& one : heard) EXPECT_EQ(one, all);
}

}  // namespace
}  // namespace tayori::server
