#include "base/ascii.h"

#include <gtest/gtest.h>

namespace tayori::base {
namespace {

TEST(Ascii, lowers_only_the_letters_of_ascii) {
  EXPECT_EQ(to_lower("AZaz09@[`{"), "azaz09@[`{");
  EXPECT_EQ(to_lower("\xC3\x84"), "\xC3\x84");
}

TEST(Ascii, compares_ignoring_case) {
  EXPECT_TRUE(equal_ignoring_case("X-Api-KEY", "x-api-key"));
  EXPECT_FALSE(equal_ignoring_case("a", "ab"));
  EXPECT_FALSE(equal_ignoring_case("@", "`"));  // 0x40 and 0x60 differ by the bit that letters do
}

TEST(Ascii, trims_blanks_and_line_ends) {
  EXPECT_EQ(trim(" \t\r\n a b \n"), "a b");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim(" \t "), "");
  EXPECT_EQ(trim("\va"), "\va");
}

TEST(Ascii, takes_parts_off_a_list_until_it_is_empty) {
  std::string_view rest = "a , b,,c";
  EXPECT_EQ(take_until(rest, ','), "a");
  EXPECT_EQ(take_until(rest, ','), "b");
  EXPECT_EQ(take_until(rest, ','), "");
  EXPECT_EQ(take_until(rest, ','), "c");
  EXPECT_TRUE(rest.empty());
}

TEST(Ascii, finds_whole_tokens_of_a_list_in_any_case) {
  EXPECT_TRUE(list_has_token("keep-alive, Upgrade", "upgrade"));
  EXPECT_TRUE(list_has_token("\tUPGRADE ", "upgrade"));
  EXPECT_FALSE(list_has_token("upgrade-insecure-requests", "upgrade"));
  EXPECT_FALSE(list_has_token("not upgrade", "upgrade"));
  EXPECT_FALSE(list_has_token("", "upgrade"));
}

}  // namespace
}  // namespace tayori::base
