#include "base/rfc3339.h"

#include <gtest/gtest.h>

namespace tayori::base {
namespace {

using namespace std::chrono_literals;
using Time = std::chrono::system_clock::time_point;

TEST(Rfc3339, writes_whole_seconds) {
  EXPECT_EQ(rfc3339(Time{}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(rfc3339(Time{1'767'225'599s + 999ms}), "2025-12-31T23:59:59Z");
}

TEST(Rfc3339, writes_thousandths) {
  EXPECT_EQ(rfc3339_ms(Time{}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(rfc3339_ms(Time{1'767'225'599s + 7ms + 999us}), "2025-12-31T23:59:59.007Z");
}

TEST(Rfc3339, counts_back_before_1970) {
  EXPECT_EQ(rfc3339(Time{-1ms}), "1969-12-31T23:59:59Z");
  EXPECT_EQ(rfc3339_ms(Time{-1ms}), "1969-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace tayori::base
