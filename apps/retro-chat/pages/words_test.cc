#include "pages/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "pages/templates.h"
#include "store/assets.h"

namespace retrochat {
namespace {

std::set<std::string> used_in_templates() {
  constexpr std::string_view kMark = "{{";
  std::set<std::string> used;
  for (const Asset& asset : assets()) {
    if (!asset.name.starts_with("templates/")) continue;
    for (std::size_t at = asset.bytes.find(kMark); at != std::string_view::npos;
         at = asset.bytes.find(kMark, at + 1)) {
      const std::string_view name = asset.bytes.substr(at + kMark.size());
      if (name.starts_with("W_")) used.emplace(name.substr(0, name.find('}')));
    }
  }
  return used;
}

/// Those that the program itself looks up.
bool is_used_by_code(const std::string& key) {
  static const std::set<std::string> looks{"W_BEIGE", "W_GREEN",     "W_AMBER", "W_BLUE",
                                           "W_PAPER", "W_AUTOMATIC", "W_LIGHT", "W_DARK"};
  return looks.contains(key) || key.starts_with("W_DID_") || key.starts_with("W_TEXT_") ||
         key.starts_with("W_REPOST_") || key.starts_with("W_ENTRY_") ||
         key.starts_with("W_MARK_") || key == "W_NEW_ROOM_DO" || key == "W_ALTER_DO" ||
         key == "W_TITLE" || key == "W_HERE" || key == "W_AWAY";
}

TEST(Words, has_every_word_that_a_template_uses) {
  std::set<std::string> known;
  for (const Word& each : words())
    EXPECT_TRUE(known.insert(std::string(each.key)).second) << each.key << " twice";
  for (const std::string& key : used_in_templates()) EXPECT_TRUE(known.contains(key)) << key;
}

TEST(Words, has_none_for_nothing) {
  const auto used = used_in_templates();
  for (const Word& each : words()) {
    const std::string key(each.key);
    EXPECT_TRUE(used.contains(key) || is_used_by_code(key)) << key;
  }
}

TEST(Words, says_everything_in_both_languages) {
  for (const Word& each : words()) {
    const bool is_half = each.key.ends_with("_BEFORE") || each.key.ends_with("_AFTER");
    if (is_half) continue;  // One language may need nothing there.
    EXPECT_FALSE(each.ja.empty()) << each.key;
    EXPECT_FALSE(each.en.empty()) << each.key;
  }
}

}  // namespace
}  // namespace retrochat
