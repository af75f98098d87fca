#include "text/clean_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/utf8.h"

namespace retrochat {
namespace {

std::string cleaned(std::string_view text) {
  const auto clean = clean_text(text);
  return clean ? encode_utf8(*clean) : "(refused)";
}

TEST(CleanText, leaves_what_people_write_as_it_is) {
  EXPECT_EQ(cleaned("こんにちは、世界 <b>&amp;</b>"), "こんにちは、世界 <b>&amp;</b>");
  EXPECT_EQ(cleaned("👩‍👩‍👧 é e\u0301 שלום"),
            "👩‍👩‍👧 é e\u0301 שלום");
  EXPECT_EQ(cleaned("drawn   with    spaces"), "drawn   with    spaces");
}

TEST(CleanText, makes_line_ends_and_tabs_spaces) {
  EXPECT_EQ(cleaned("a\r\nb\tc\u2028d\u2029e\u0085f"), "a  b c d e f");
}

TEST(CleanText, drops_control_characters) {
  EXPECT_EQ(cleaned(std::string_view("a\0b\x1b[31mc\x7f\u009b", 12)), "ab[31mc");
}

TEST(CleanText, drops_what_would_turn_other_text_around) {
  EXPECT_EQ(cleaned("a\u202Eb\u202Dc\u2067d\u2069\u202Ce"), "abcde");
}

TEST(CleanText, drops_marks_of_files_and_noncharacters) {
  EXPECT_EQ(cleaned("\uFEFFa\uFFFEb\uFDD0c\U0010FFFFd"), "abcd");
}

TEST(CleanText, bounds_marks_that_pile_up_on_a_letter) {
  EXPECT_EQ(cleaned("a\u0301\u0302\u0303\u0304\u0305\u0306b\u0301"),
            "a\u0301\u0302\u0303\u0304b\u0301");
}

TEST(CleanText, trims_every_sort_of_space) {
  EXPECT_EQ(cleaned(" \u3000\u00A0 a b \u2003\n"), "a b");
}

TEST(CleanText, finds_nothing_in_invisible_text) {
  EXPECT_EQ(cleaned(""), "");
  EXPECT_EQ(cleaned(" \u3000\n"), "");
  EXPECT_EQ(cleaned("\u200B\u200F\u2060\u00AD\u3164\uFE0F"), "");
}

TEST(CleanText, refuses_what_is_not_utf8) {
  for (const std::string_view text :
       {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xe3\x81", "\xf4\x90\x80\x80", "\x80"}) {
    EXPECT_EQ(cleaned(text), "(refused)");
  }
}

TEST(Utf8, gives_back_what_it_decoded) {
  const std::string text = "a\u00e9\u3042\U0001F600";
  EXPECT_EQ(encode_utf8(*decode_utf8(text)), text);
}

}  // namespace
}  // namespace retrochat
