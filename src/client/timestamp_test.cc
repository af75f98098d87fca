#include "client/timestamp.h"

#include <gtest/gtest.h>

namespace tayori::client {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::year;

TEST(Timestamp, is_read_with_and_without_decimals) {
  const auto day = sys_days{year{2026} / 2 / 28};
  EXPECT_EQ(parse_timestamp("2026-02-28T23:59:58Z"), day + 23h + 59min + 58s);
  EXPECT_EQ(parse_timestamp("2026-02-28T00:00:00.5Z"), day + 500ms);
  EXPECT_EQ(parse_timestamp("2026-02-28T00:00:00.000000001Z"), day + 1ns);
  EXPECT_EQ(parse_timestamp("1970-01-01T00:00:00Z"), std::chrono::system_clock::time_point{});
  EXPECT_EQ(parse_timestamp("2028-02-29T00:00:60Z"), sys_days{year{2028} / 2 / 29} + 60s);
}

TEST(Timestamp, is_nothing_in_another_form) {
  for (const char* text : {"",
                           "Z",
                           "2026-02-28",
                           "2026-02-28T23:59:58",
                           "2026-02-28T23:59:58+00:00",
                           "2026-02-28 23:59:58Z",
                           "2026-2-28T23:59:58Z",
                           "2026-02-28T23:59:58.Z",
                           "2026-02-28T23:59:58.0000000001Z",
                           "2026-02-28T23:59:58.-1Z",
                           "2026-02-28T23:59:58ZZ",
                           "2026-02-29T00:00:00Z",
                           "2026-13-01T00:00:00Z",
                           "2026-00-01T00:00:00Z",
                           "2026-02-28T24:00:00Z",
                           "2026-02-28T00:60:00Z",
                           "2026-02-28T00:00:61Z",
                           "+026-02-28T00:00:00Z",
                           "1969-12-31T23:59:59Z",
                           "9999-12-31T23:59:59Z"}) {
    EXPECT_EQ(parse_timestamp(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace tayori::client
