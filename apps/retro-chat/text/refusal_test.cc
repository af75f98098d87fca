#include "text/refusal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "text/limits.h"

namespace retrochat {
namespace {

TEST(Refusal, has_one_row_each_at_its_place) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < refusals().size(); ++i) {
    const RefusalFacts& row = refusals()[i];
    EXPECT_EQ(static_cast<std::size_t>(row.refusal), i);
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_GE(row.http_status, 400);
    EXPECT_FALSE(row.ja.empty());
    EXPECT_FALSE(row.en.empty());
  }
  EXPECT_EQ(static_cast<std::size_t>(Refusal::trouble) + 1, refusals().size());
}

TEST(Refusal, says_the_limits_that_are_enforced) {
  const auto says = [](Refusal refusal, std::size_t limit) {
    for (const Language language : {Language::ja, Language::en}) {
      EXPECT_THAT(std::string(sentence(refusal, language)),
                  ::testing::HasSubstr(std::to_string(limit)));
    }
  };
  says(Refusal::handle_too_long, limits::kHandleChars);
  says(Refusal::passphrase_too_short, limits::kPassphraseCharsMin);
  says(Refusal::passphrase_too_long, limits::kPassphraseBytes);
  says(Refusal::room_name_too_long, limits::kRoomNameChars);
  says(Refusal::too_many_rooms, limits::kRoomsPerOwner);
  says(Refusal::room_full, limits::kMembersPerRoom);
  says(Refusal::line_too_long, limits::kLineChars);
  says(Refusal::topic_too_long, limits::kTopicChars);
  says(Refusal::away_word_too_long, limits::kAwayWordChars);
  says(Refusal::room_passphrase_too_short, limits::kRoomPassphraseCharsMin);
  says(Refusal::too_many_listed, limits::kListedPerRoom);
}

}  // namespace
}  // namespace retrochat
