#include "text/language.h"

#include <gtest/gtest.h>

namespace retrochat {
namespace {

TEST(Language, follows_the_strongest_wish) {
  EXPECT_EQ(choose_language("ja", "en", "en"), Language::ja);
  EXPECT_EQ(choose_language("", "ja", "en"), Language::ja);
  EXPECT_EQ(choose_language("", "", "ja"), Language::ja);
  EXPECT_EQ(choose_language("", "", ""), Language::en);
  EXPECT_EQ(choose_language("fr", "<script>", "de"), Language::en);
}

TEST(Language, weighs_what_the_browser_accepts) {
  EXPECT_EQ(choose_language("", "", "ja-JP,ja;q=0.9,en;q=0.8"), Language::ja);
  EXPECT_EQ(choose_language("", "", "en-US,en;q=0.9,ja;q=0.8"), Language::en);
  EXPECT_EQ(choose_language("", "", "fr, en;q=0.5 , ja;q=0.75"), Language::ja);
  EXPECT_EQ(choose_language("", "", "ja;q=0, en;q=0.1"), Language::en);
  EXPECT_EQ(choose_language("", "", "ja;q=0.001"), Language::ja);
}

TEST(Language, survives_nonsense) {
  for (const char* accepted : {",,,;;;", "ja;q=", "ja;q=x", ";q=1", "ja;q=0.", "*", "java"}) {
    EXPECT_EQ(choose_language("", "", accepted), Language::en) << accepted;
  }
}

}  // namespace
}  // namespace retrochat
