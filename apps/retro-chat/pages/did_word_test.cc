#include "pages/did_word.h"

#include <gtest/gtest.h>

#include <set>

namespace retrochat {
namespace {

using enum EventKind;

TEST(DidWord, has_one_for_each_move_in_each_language) {
  for (const Language language : {Language::ja, Language::en}) {
    std::set<std::string_view> said;
    for (const EventKind kind : {enter, leave, lost, removed, away, back}) {
      EXPECT_FALSE(did_word(kind, language).empty()) << name(kind);
      EXPECT_TRUE(said.insert(did_word(kind, language)).second) << name(kind);
    }
    EXPECT_EQ(did_word(speak, language), "");
  }
  EXPECT_EQ(did_word(enter, Language::en), " came in");
}

}  // namespace
}  // namespace retrochat
