#include "base/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>

#include <sstream>
#include <thread>
#include <vector>

namespace tayori::base {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

TEST(Throttle, admits_a_number_in_each_interval) {
  ManualClock clock;
  Throttle throttle(clock, {.count = 2, .interval = 10s});
  EXPECT_EQ(throttle.admit(), 0U);
  EXPECT_EQ(throttle.admit(), 0U);
  EXPECT_EQ(throttle.admit(), std::nullopt);
  clock.advance(10s - 1ns);
  EXPECT_EQ(throttle.admit(), std::nullopt);
  clock.advance(1ns);
  EXPECT_EQ(throttle.admit(), 2U);
  EXPECT_EQ(throttle.admit(), 0U);
  EXPECT_EQ(throttle.admit(), std::nullopt);
}

TEST(Throttle, counts_all) {
  ManualClock clock;
  Throttle throttle(clock, {.count = 1, .interval = 1s});
  for (int i = 0; i < 7; ++i) static_cast<void>(throttle.admit());
  EXPECT_EQ(throttle.total(), 7U);
}

TEST(Throttle, counts_what_several_threads_report) {
  const SystemClock clock;
  Throttle throttle(clock);
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&throttle] {
      for (int turn = 0; turn < 500; ++turn) static_cast<void>(throttle.admit());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(throttle.total(), 2000U);
}

/// Puts the log into a string for the life of the test.
class LogAtMost : public testing::Test {
 protected:
  LogAtMost() : before_(spdlog::default_logger()) {
    auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(lines_);
    spdlog::set_default_logger(std::make_shared<spdlog::logger>("test", std::move(sink)));
  }
  ~LogAtMost() override { spdlog::set_default_logger(before_); }

  std::string take_lines() {
    spdlog::default_logger()->flush();
    std::string lines = lines_.str();
    lines_.str("");
    return lines;
  }

 private:
  std::ostringstream lines_;
  std::shared_ptr<spdlog::logger> before_;
};

TEST_F(LogAtMost, says_how_many_were_left_out) {
  ManualClock clock;
  Throttle throttle(clock, {.count = 1, .interval = 1s});
  log_at_most(throttle, spdlog::level::warn, "bad frame: {}", "first");
  EXPECT_THAT(take_lines(), HasSubstr("bad frame: first"));
  log_at_most(throttle, spdlog::level::warn, "bad frame: {}", "second");
  log_at_most(throttle, spdlog::level::warn, "bad frame: {}", "third");
  EXPECT_EQ(take_lines(), "");
  clock.advance(1s);
  log_at_most(throttle, spdlog::level::warn, "bad frame: {}", "fourth");
  EXPECT_THAT(take_lines(), HasSubstr("bad frame: fourth (2 more were left out before)"));
}

TEST_F(LogAtMost, counts_also_below_the_log_level) {
  ManualClock clock;
  Throttle throttle(clock);
  log_at_most(throttle, spdlog::level::debug, "detail");
  EXPECT_EQ(take_lines(), "");
  EXPECT_EQ(throttle.total(), 1U);
}

TEST_F(LogAtMost, takes_braces_in_a_value_as_text) {
  ManualClock clock;
  Throttle throttle(clock);
  log_at_most(throttle, spdlog::level::warn, "peer {}", "{}{0}");
  EXPECT_THAT(take_lines(), HasSubstr("peer {}{0}"));
}

}  // namespace
}  // namespace tayori::base
