#include "pages/times.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace retrochat {
namespace {

TimePoint at(std::int64_t seconds) { return TimePoint{std::chrono::seconds{seconds}}; }

class Times : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("TZ", "Asia/Tokyo", 1);
    ::tzset();
  }
  void TearDown() override {
    ::unsetenv("TZ");
    ::tzset();
  }
};

TEST_F(Times, are_written_for_machines_in_universal_time) {
  EXPECT_EQ(iso_time(at(1'767'225'607)), "2026-01-01T00:00:07Z");
}

TEST_F(Times, are_short_on_the_same_day_of_the_server) {
  EXPECT_EQ(short_time(at(1'767'225'600), at(1'767'225'600)), "09:00");
  EXPECT_EQ(short_time(at(1'767'225'600 - 10 * 3600), at(1'767'225'600)), "12-31 23:00");
}

}  // namespace
}  // namespace retrochat
