#include "base/clock.h"

#include <gtest/gtest.h>

#include <thread>

namespace tayori::base {
namespace {

using namespace std::chrono_literals;

TEST(ManualClock, stands_still_until_told) {
  const ManualClock clock;
  EXPECT_EQ(clock.steady(), clock.steady());
  EXPECT_EQ(clock.wall(), std::chrono::sys_days{std::chrono::year{2026} / 1 / 1});
}

TEST(ManualClock, moves_both_clocks) {
  ManualClock clock;
  const auto steady = clock.steady();
  const auto wall = clock.wall();
  clock.advance(1500ms);
  EXPECT_EQ(clock.steady() - steady, 1500ms);
  EXPECT_EQ(clock.wall() - wall, 1500ms);
}

TEST(ManualClock, begins_at_the_wall_time_given) {
  const auto begin = std::chrono::system_clock::time_point(std::chrono::seconds{42});
  EXPECT_EQ(ManualClock(begin).wall(), begin);
}

TEST(ManualClock, sets_the_wall_clock_alone_in_either_direction) {
  ManualClock clock;
  const auto steady = clock.steady();
  const auto wall = clock.wall();
  for (const auto change : {-1h, 1h}) {
    clock.set_wall(wall + change);
    EXPECT_EQ(clock.wall(), wall + change);
    EXPECT_EQ(clock.steady(), steady);
  }
}

TEST(ManualClock, may_be_moved_and_read_by_several_threads) {
  ManualClock clock;
  const auto begin = clock.steady();
  const auto advance = [&clock] {
    for (int i = 0; i < 1000; ++i) clock.advance(1ms);
  };
  std::thread first(advance);
  std::thread second(advance);
  auto last = begin;
  for (int i = 0; i < 1000; ++i) {
    const auto now = clock.steady();
    EXPECT_GE(now, last);
    last = now;
  }
  first.join();
  second.join();
  EXPECT_EQ(clock.steady() - begin, 2s);
}

TEST(ManualClockDeathTest, never_goes_back) {
  ManualClock clock;
  EXPECT_EXIT(clock.advance(-1ms), testing::KilledBySignal(SIGABRT), "");
}

TEST(SystemClock, is_the_machines_own) {
  const SystemClock clock;
  const auto before = std::chrono::steady_clock::now();
  const auto now = clock.steady();
  EXPECT_GE(now, before);
  EXPECT_LE(now, std::chrono::steady_clock::now());
  EXPECT_GT(clock.wall(), std::chrono::sys_days{std::chrono::year{2020} / 1 / 1});
}

}  // namespace
}  // namespace tayori::base
