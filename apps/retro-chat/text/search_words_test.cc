#include "text/search_words.h"

#include <gtest/gtest.h>

namespace retrochat {
namespace {

std::string marked(std::string_view words, std::string_view line) {
  std::string text;
  for (const LinePiece& piece : SearchWords::parse(words)->pieces(line))
    text += piece.is_hit ? "[" + piece.text + "]" : piece.text;
  return text;
}

TEST(SearchWords, refuses_what_is_too_long_or_no_text) {
  EXPECT_TRUE(SearchWords::parse(std::string(100, 'x')));
  EXPECT_EQ(SearchWords::parse(std::string(101, 'x')).refusal(), Refusal::search_too_long);
  EXPECT_EQ(SearchWords::parse("\xff").refusal(), Refusal::not_text);
  EXPECT_TRUE(SearchWords::parse(" \u3000\u202e")->empty());
}

TEST(SearchWords, quotes_what_the_index_is_asked) {
  EXPECT_EQ(SearchWords::parse("a\"b\" NEAR ab")->indexed(), "\"a\"\"b\"\"\" \"near\"");
  EXPECT_EQ(SearchWords::parse("ab 世界")->indexed(), "");
}

TEST(SearchWords, marks_hits_in_the_lines_own_letters) {
  EXPECT_EQ(marked("he", "Hello, the world"), "[He]llo, t[he] world");
  EXPECT_EQ(marked("aa", "aaab"), "[aaa]b");
  EXPECT_EQ(marked("ab bc", "xabcx"), "x[abc]x");
  EXPECT_EQ(marked("はん", "ごはん、ごはん"), "ご[はん]、ご[はん]");
  EXPECT_EQ(marked("ЖÉΣａ", "жéσＡ"), "[жéσＡ]");
  EXPECT_EQ(marked("x", "none"), "none");
}

}  // namespace
}  // namespace retrochat
