#include "base/utf8.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tayori::base {
namespace {

using namespace std::string_literals;

const std::vector<std::string> kGood = {
    "",
    "plain",
    "eight by"s + "tes of ASCII, and then some",
    "\0"s,
    "\x7F",
    "\xC2\x80",          // U+0080
    "\xDF\xBF",          // U+07FF
    "\xE0\xA0\x80",      // U+0800
    "\xED\x9F\xBF",      // U+D7FF
    "\xEE\x80\x80",      // U+E000
    "\xEF\xBF\xBF",      // U+FFFF
    "\xF0\x90\x80\x80",  // U+10000
    "\xF4\x8F\xBF\xBF",  // U+10FFFF
    "ﾃﾞ 便り \xF0\x9F\x93\xAE 12345678 便り",
};

const std::vector<std::string> kBad = {
    "\x80",                      // a continuation alone
    "\xBF",                      //
    "\xC0\x80",                  // overlong U+0000
    "\xC1\xBF",                  // overlong U+007F
    "\xE0\x9F\xBF",              // overlong U+07FF
    "\xF0\x8F\xBF\xBF",          // overlong U+FFFF
    "\xED\xA0\x80",              // U+D800
    "\xED\xBF\xBF",              // U+DFFF
    "\xF4\x90\x80\x80",          // U+110000
    "\xF5\x80\x80\x80",          //
    "\xF8\x88\x80\x80\x80",      // five bytes
    "\xFE",                      //
    "\xFF",                      //
    "\xC2 ",                     // cut off by ASCII
    "\xE3\x81 ",                 //
    "\xF0\x9F\x93 ",             //
    "\xC2\xC2\x80",              // cut off by a lead byte
    "12345678\x80",              // behind a word of ASCII
    "1234567\xC2"s + "12345678"  //
};

TEST(Utf8, accepts_every_form_of_rfc_3629) {
  for (const std::string& text : kGood) EXPECT_TRUE(is_utf8(text)) << text;
}

TEST(Utf8, refuses_overlong_forms_surrogates_and_what_lies_beyond_unicode) {
  for (const std::string& text : kBad) EXPECT_FALSE(is_utf8(text)) << text;
}

TEST(Utf8, refuses_text_that_ends_within_a_character) {
  for (const std::string& text : kGood) {
    if (text.empty() || static_cast<unsigned char>(text.back()) < 0x80) continue;
    EXPECT_FALSE(is_utf8(text.substr(0, text.size() - 1))) << text;
  }
}

TEST(Utf8, finds_control_characters_of_both_blocks) {
  for (int c = 0; c < 0x20; ++c) {
    EXPECT_TRUE(has_control_characters("a"s + static_cast<char>(c) + "b")) << c;
  }
  EXPECT_TRUE(has_control_characters("\x7F"));
  for (int c = 0x80; c <= 0x9F; ++c) {
    EXPECT_TRUE(has_control_characters("\xC2"s + static_cast<char>(c))) << c;
  }
}

TEST(Utf8, takes_nothing_else_for_a_control_character) {
  // U+00A0 and U+3080, whose bytes hold 80 behind another lead, are letters like others here.
  for (const auto* text : {"", " ~", "\xC2\xA0", "\xE3\x82\x80", "便り", "\xC3\x82\xC3\x80"}) {
    EXPECT_FALSE(has_control_characters(text)) << text;
  }
}

TEST(Utf8, cuts_between_characters) {
  EXPECT_EQ(utf8_prefix("便り", 6), "便り");
  EXPECT_EQ(utf8_prefix("便り", 5), "便");
  EXPECT_EQ(utf8_prefix("便り", 3), "便");
  EXPECT_EQ(utf8_prefix("便り", 2), "");
  EXPECT_EQ(utf8_prefix("abc", 2), "ab");
  EXPECT_EQ(utf8_prefix("abc", 9), "abc");
  EXPECT_EQ(utf8_prefix("", 0), "");
}

TEST(Utf8Stream, finds_the_same_however_the_text_is_cut) {
  for (const auto* texts : {&kGood, &kBad}) {
    for (const std::string& text : *texts) {
      for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        Utf8Stream stream;
        const bool good = stream.feed(std::string_view(text).substr(0, cut)) &&
                          stream.feed(std::string_view(text).substr(cut)) && stream.complete();
        EXPECT_EQ(good, texts == &kGood) << text << " cut at " << cut;
      }
    }
  }
}

TEST(Utf8Stream, fails_at_the_first_byte_that_nothing_can_mend) {
  for (const auto& [start, last] : std::vector<std::pair<std::string, std::string>>{
           {"", "\xC1"}, {"\xE0", "\x9F"}, {"\xED", "\xA0"}, {"\xF4", "\x90"}, {"\xF0\x90", "a"}}) {
    Utf8Stream stream;
    EXPECT_TRUE(stream.feed(start));
    EXPECT_FALSE(stream.feed(last));
  }
}

TEST(Utf8Stream, stays_broken_until_reset) {
  Utf8Stream stream;
  EXPECT_FALSE(stream.feed("\xFF"));
  EXPECT_FALSE(stream.feed("a"));
  EXPECT_FALSE(stream.feed(""));
  EXPECT_FALSE(stream.complete());
  stream.reset();
  EXPECT_TRUE(stream.feed("a"));
  EXPECT_TRUE(stream.complete());
}

TEST(Utf8Stream, is_incomplete_within_a_character) {
  Utf8Stream stream;
  EXPECT_TRUE(stream.complete());
  EXPECT_TRUE(stream.feed("\xE4"));
  EXPECT_FALSE(stream.complete());
  EXPECT_TRUE(stream.feed("\xBE\xBF"));
  EXPECT_TRUE(stream.complete());
}

}  // namespace
}  // namespace tayori::base
