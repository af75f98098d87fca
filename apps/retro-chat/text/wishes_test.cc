#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/handle_list.h"
#include "text/limits.h"
#include "text/once.h"
#include "text/short_text.h"

namespace retrochat {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> listed(std::string_view text) {
  std::vector<std::string> handles;
  const auto parsed = parse_handle_list(text);
  for (const Handle& handle : *parsed) handles.push_back(handle.text());
  return handles;
}

TEST(ShortText, may_be_empty_and_is_cleaned) {
  EXPECT_EQ(ShortText::topic("")->text(), "");
  EXPECT_EQ(ShortText::topic(" tea\nand \u202ecake ")->text(), "tea and cake");
  EXPECT_EQ(ShortText::topic("\xff").refusal(), Refusal::not_text);
}

TEST(ShortText, has_the_limit_of_its_kind) {
  const auto long_one = [](std::size_t count) { return std::string(count, 'x'); };
  EXPECT_TRUE(ShortText::topic(long_one(limits::kTopicChars)));
  EXPECT_EQ(ShortText::topic(long_one(limits::kTopicChars + 1)).refusal(), Refusal::topic_too_long);
  EXPECT_TRUE(ShortText::away_word(long_one(limits::kAwayWordChars)));
  EXPECT_EQ(ShortText::away_word(long_one(limits::kAwayWordChars + 1)).refusal(),
            Refusal::away_word_too_long);
}

TEST(HandleList, takes_what_people_put_between_handles) {
  EXPECT_THAT(listed("ann, @bob\r\ncy\u3001dee\u3000eve\uff0cfay\t "),
              ElementsAre("ann", "bob", "cy", "dee", "eve", "fay"));
  EXPECT_THAT(listed(" \n,"), IsEmpty());
}

TEST(HandleList, names_each_once_in_any_spelling) {
  EXPECT_THAT(listed("Ann ann ANN bob"), ElementsAre("Ann", "bob"));
}

TEST(HandleList, says_what_is_wrong_with_one_of_them) {
  EXPECT_EQ(parse_handle_list("ann b:b").refusal(), Refusal::handle_letters);
  EXPECT_EQ(parse_handle_list(std::string(limits::kHandleChars + 1, 'a')).refusal(),
            Refusal::handle_too_long);
}

TEST(HandleList, is_bounded) {
  std::string many;
  for (std::size_t i = 0; i < limits::kListedPerRoom; ++i) many += "p" + std::to_string(i) + " ";
  EXPECT_EQ(parse_handle_list(many)->size(), limits::kListedPerRoom);
  EXPECT_EQ(parse_handle_list(many + "more").refusal(), Refusal::too_many_listed);
}

TEST(Once, is_a_short_plain_word) {
  EXPECT_TRUE(Once::parse("aZ_09-"));
  EXPECT_TRUE(Once::parse(std::string(limits::kOnceChars, 'x')));
  for (const auto& bad : {std::string(), std::string("a b"), std::string("\u3042"),
                          std::string(limits::kOnceChars + 1, 'x')}) {
    EXPECT_FALSE(Once::parse(bad)) << bad;
  }
}

}  // namespace
}  // namespace retrochat
