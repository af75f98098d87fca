#include "net/loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"

namespace tayori::net {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Turn final : public TurnEnd {
 public:
  explicit Turn(std::function<void()> task) : task_(std::move(task)) {}
  void on_turn_end() override { task_(); }

 private:
  std::function<void()> task_;
};

class Watcher final : public Swept {
 public:
  using Task = std::function<void(std::chrono::steady_clock::time_point)>;
  explicit Watcher(Task task) : task_(std::move(task)) {}
  void on_sweep(std::chrono::steady_clock::time_point now) override { task_(now); }

 private:
  Task task_;
};

class LoopTest : public testing::Test {
 protected:
  void turn() { loop_.context().poll(); }

  base::ManualClock clock_;
  Loop loop_{clock_};
  std::vector<std::string> seen_;
};

TEST_F(LoopTest, runs_what_is_posted_in_order_and_after_what_is_running) {
  loop_.post([this] {
    loop_.post([this] { seen_.emplace_back("inner"); });
    seen_.emplace_back("outer");
  });
  loop_.post([this] { seen_.emplace_back("next"); });
  turn();
  EXPECT_THAT(seen_, ElementsAre("outer", "next", "inner"));
}

TEST_F(LoopTest, ends_the_turn_behind_all_that_was_ready) {
  Turn end([this] { seen_.emplace_back("end"); });
  loop_.post([&] {
    loop_.at_turn_end(end);
    seen_.emplace_back("first");
  });
  loop_.post([&] {
    loop_.at_turn_end(end);
    seen_.emplace_back("second");
  });
  turn();
  EXPECT_THAT(seen_, ElementsAre("first", "second", "end"));
}

TEST_F(LoopTest, runs_an_end_of_turn_again_when_it_is_asked_for_again) {
  int left = 3;
  Turn end([&] {
    seen_.emplace_back("end");
    if (--left > 0) loop_.at_turn_end(end);
  });
  loop_.post([&] { loop_.at_turn_end(end); });
  turn();
  EXPECT_THAT(seen_, ElementsAre("end", "end", "end"));
}

TEST_F(LoopTest, forgets_an_end_of_turn_that_is_destroyed_before) {
  auto gone = std::make_unique<Turn>([this] { seen_.emplace_back("gone"); });
  Turn kept([this] { seen_.emplace_back("kept"); });
  loop_.post([&] {
    loop_.at_turn_end(*gone);
    loop_.at_turn_end(kept);
    gone.reset();
  });
  turn();
  EXPECT_THAT(seen_, ElementsAre("kept"));
}

TEST_F(LoopTest, keeps_an_end_of_turn_that_is_given_to_it_until_then) {
  auto given = std::make_shared<Turn>([this] { seen_.emplace_back("end"); });
  const std::weak_ptr<Turn> watched = given;
  loop_.post([&] {
    loop_.at_turn_end(given);
    loop_.at_turn_end(given);
    given.reset();
    seen_.emplace_back(watched.expired() ? "gone" : "kept");
  });
  turn();
  EXPECT_THAT(seen_, ElementsAre("kept", "end"));
  EXPECT_TRUE(watched.expired());
}

TEST(LoopEnd, lets_go_what_was_given_to_it) {
  const base::ManualClock clock;
  std::weak_ptr<Turn> watched;
  {
    Loop loop(clock);
    const auto given = std::make_shared<Turn>([] { ADD_FAILURE() << "there is no end of turn"; });
    watched = given;
    loop.at_turn_end(given);
  }
  EXPECT_TRUE(watched.expired());
}

TEST_F(LoopTest, lets_an_end_of_turn_destroy_itself_and_others) {
  struct Frail final : TurnEnd {
    explicit Frail(std::unique_ptr<Turn>& victim) : other(victim) {}
    void on_turn_end() override {
      other.reset();
      delete this;
    }
    std::unique_ptr<Turn>& other;
  };
  auto other = std::make_unique<Turn>([this] { seen_.emplace_back("other"); });
  Frail* const frail = new Frail(other);  // NOLINT(*-owning-memory): it deletes itself
  loop_.post([&] {
    loop_.at_turn_end(*frail);
    loop_.at_turn_end(*other);
  });
  turn();
  EXPECT_THAT(seen_, IsEmpty());
}

TEST_F(LoopTest, sweeps_all_that_watches_with_its_own_clock) {
  std::vector<std::chrono::steady_clock::time_point> times;
  Watcher one([&](auto now) { times.push_back(now); });
  Watcher two([&](auto now) { times.push_back(now); });
  loop_.sweep(one);
  loop_.sweep(two);
  clock_.advance(std::chrono::seconds{5});
  loop_.sweep_now();
  EXPECT_THAT(times, ElementsAre(clock_.steady(), clock_.steady()));
}

TEST_F(LoopTest, lets_the_visited_destroy_itself_during_a_sweep) {
  std::vector<std::unique_ptr<Watcher>> watchers;
  int visits = 0;
  for (std::size_t i = 0; i < 5; ++i) {
    watchers.push_back(std::make_unique<Watcher>([&watchers, &visits, i](auto) {
      ++visits;
      if (i % 2 == 0) watchers[i].reset();
    }));
    loop_.sweep(*watchers.back());
  }
  loop_.sweep_now();
  EXPECT_EQ(visits, 5);
  loop_.sweep_now();
  EXPECT_EQ(visits, 7);
}

TEST_F(LoopTest, knows_whether_a_thread_is_its_own) {
  EXPECT_FALSE(loop_.is_here());
  bool inside = false;
  loop_.post([&] { inside = loop_.is_here(); });
  turn();
  EXPECT_TRUE(inside);
  EXPECT_FALSE(loop_.is_here());
}

TEST(LoopThread, runs_until_stopped_and_takes_tasks_of_all_threads) {
  const base::SystemClock clock;
  Loop loop(clock);
  std::thread thread([&] { loop.run(); });
  constexpr int kThreads = 4;
  constexpr int kTasks = 1'000;
  int sum = 0;  // touched by the loop only
  std::vector<std::thread> posting;
  for (int i = 0; i < kThreads; ++i) {
    posting.emplace_back([&] {
      for (int task = 0; task < kTasks; ++task) loop.post([&sum] { ++sum; });
    });
  }
  for (std::thread& each : posting) each.join();
  loop.post([&] { loop.stop(); });
  thread.join();
  EXPECT_EQ(sum, kThreads * kTasks);
}

TEST(LoopThread, sweeps_by_itself) {
  const base::SystemClock clock;
  Loop loop(clock);
  int visits = 0;
  Watcher watcher([&](auto) {
    if (++visits == 2) loop.stop();
  });
  loop.sweep(watcher);
  loop.run();
  EXPECT_EQ(visits, 2);
}

}  // namespace
}  // namespace tayori::net
