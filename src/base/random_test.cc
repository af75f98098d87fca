#include "base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <vector>

namespace tayori::base {
namespace {

TEST(Random, repeats_itself_for_the_same_seed) {
  Random one = Random::seeded(7);
  Random two = Random::seeded(7);
  EXPECT_EQ(one.word(40), two.word(40));
  EXPECT_EQ(one.below(1'000'000), two.below(1'000'000));
  std::array<std::byte, 13> first;
  std::array<std::byte, 13> second;
  one.fill(first);
  two.fill(second);
  EXPECT_EQ(first, second);
}

TEST(Random, differs_for_another_seed) {
  EXPECT_NE(Random::seeded(1).word(20), Random::seeded(2).word(20));
}

TEST(Random, gives_the_same_on_every_machine) {
  // The standard fixes what mt19937_64 gives: 5489 is its default seed, this its first number.
  EXPECT_EQ(Random::seeded(5489).below(~std::uint64_t{0}), 14514284786278117030U);
}

TEST(Random, words_have_the_length_and_only_digits_and_small_letters) {
  Random random = Random::system();
  for (std::size_t length : {0, 1, 31, 32, 33, 1000}) {
    const std::string word = random.word(length);
    EXPECT_EQ(word.size(), length);
    EXPECT_EQ(word.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz"), std::string::npos);
  }
}

TEST(Random, words_use_every_digit_about_equally) {
  std::map<char, int> counts;
  for (const char digit : Random::seeded(1).word(36'000)) ++counts[digit];
  ASSERT_EQ(counts.size(), 36U);
  for (const auto& [digit, count] : counts) EXPECT_NEAR(count, 1000, 200) << digit;
}

TEST(Random, system_words_do_not_repeat) {
  Random one = Random::system();
  Random two = Random::system();
  std::set<std::string> words;
  for (int i = 0; i < 500; ++i) {
    words.insert(one.word(20));
    words.insert(two.word(20));
  }
  EXPECT_EQ(words.size(), 1000U);
}

TEST(Random, fill_reaches_every_byte) {
  for (Random random : {Random::system(), Random::seeded(3)}) {
    std::vector<std::byte> seen(37, std::byte{0});
    for (int i = 0; i < 20; ++i) {
      std::vector<std::byte> bytes(seen.size(), std::byte{0});
      random.fill(bytes);
      std::ranges::transform(seen, bytes, seen.begin(), std::bit_or<>());
    }
    EXPECT_EQ(std::ranges::count(seen, std::byte{0}), 0);
    random.fill({});
  }
}

TEST(Random, below_stays_below_and_reaches_every_value) {
  Random random = Random::seeded(4);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 200; ++i) seen.insert(random.below(5));
  EXPECT_EQ(seen, (std::set<std::uint64_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(random.below(1), 0U);
}

TEST(RandomDeathTest, has_nothing_below_zero) {
  EXPECT_EXIT(Random::seeded(1).below(0), testing::KilledBySignal(SIGABRT), "");
}

}  // namespace
}  // namespace tayori::base
