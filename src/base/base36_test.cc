#include "base/base36.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace tayori::base {
namespace {

std::string written(std::uint64_t value) {
  std::string text;
  append_base36(text, value);
  return text;
}

TEST(Base36, writes_the_shortest_form) {
  EXPECT_EQ(written(0), "0");
  EXPECT_EQ(written(35), "z");
  EXPECT_EQ(written(36), "10");
  EXPECT_EQ(written(100), "2s");
  EXPECT_EQ(written(kBase36Max), "1y2p0ij32e8e7");
}

TEST(Base36, reads_what_it_wrote) {
  Random random = Random::seeded(1);
  for (int bits = 1; bits < 64; ++bits) {
    const std::uint64_t value = random.below(std::uint64_t{1} << bits);
    EXPECT_EQ(parse_base36(written(value)), value);
  }
  EXPECT_EQ(parse_base36("1y2p0ij32e8e7"), kBase36Max);
}

TEST(Base36, refuses_numbers_beyond_the_greatest) {
  for (const auto* text : {"1y2p0ij32e8e8", "1y2p0ij32e8f0", "3w5e11264sgsf", "zzzzzzzzzzzzz",
                           "10000000000000", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"}) {
    EXPECT_EQ(parse_base36(text), std::nullopt) << text;
  }
}

TEST(Base36, refuses_every_second_spelling) {
  for (const auto* text : {"", "00", "01", "A", "2S", "-1", "+1", " 1", "1 ", "1.0", "é"}) {
    EXPECT_EQ(parse_base36(text), std::nullopt) << text;
  }
}

TEST(Base36DeathTest, writes_nothing_it_could_not_read) {
  EXPECT_EXIT(written(kBase36Max + 1), testing::KilledBySignal(SIGABRT), "");
}

}  // namespace
}  // namespace tayori::base
