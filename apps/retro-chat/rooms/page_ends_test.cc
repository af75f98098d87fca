#include "rooms/page_ends.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace retrochat {
namespace {

using tayori::Tokens;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class PageEndsTest : public ::testing::Test {
 protected:
  std::vector<std::string> asked;
  std::vector<std::string> complaints;
  /// What is refused, while the tokens are to be made void and at all.
  std::optional<tayori::Error> without_voiding;
  std::optional<tayori::Error> always;
  bool is_held = false;
  PageEnds ends{
      [this](const tayori::ClientId& who, Tokens tokens, const PageEnds::Answered& answered) {
        EXPECT_FALSE(is_held) << "Tayori is asked while it answers";
        is_held = true;
        asked.push_back(who.text() + (tokens == Tokens::keep ? ", tokens kept" : ""));
        const auto refused = tokens == Tokens::revoke && without_voiding ? without_voiding : always;
        answered(refused ? tayori::Outcome(*refused) : tayori::success());
        is_held = false;
      },
      [this](std::string_view why) { complaints.emplace_back(why); }};
  const tayori::ClientId ann = *tayori::ClientId::parse("retro/1/ann");
};

TEST_F(PageEndsTest, asks_once_for_what_is_done) {
  ends.end(ann);
  ends.retry();
  EXPECT_THAT(asked, ElementsAre("retro/1/ann"));
  EXPECT_THAT(complaints, IsEmpty());
}

TEST_F(PageEndsTest, ends_pages_whose_tokens_can_be_made_void_no_more) {
  without_voiding = tayori::Error::of(tayori::ErrorCode::overloaded, "too many");
  ends.end(ann);
  EXPECT_THAT(asked, ElementsAre("retro/1/ann"));
  ends.retry();
  ends.retry();
  EXPECT_THAT(asked, ElementsAre("retro/1/ann", "retro/1/ann, tokens kept"));
  EXPECT_THAT(complaints, ElementsAre(HasSubstr("too many")));
}

TEST_F(PageEndsTest, tells_of_what_is_refused_for_good) {
  always = tayori::Error::of(tayori::ErrorCode::internal_error, "out of order");
  ends.end(ann);
  ends.retry();
  ends.retry();
  EXPECT_THAT(asked, ElementsAre("retro/1/ann"));
  EXPECT_THAT(complaints, ElementsAre("pages could not be ended: out of order"));
}

}  // namespace
}  // namespace retrochat
