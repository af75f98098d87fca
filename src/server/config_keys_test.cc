#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "server/config_key.h"
#include "server/config_value.h"

namespace tayori::server {
namespace {

TEST(ConfigKeys, every_key_has_a_name_of_its_own_in_a_section_that_exists) {
  std::set<std::string> variables;
  for (const ConfigKey& key : config_keys()) {
    EXPECT_TRUE(variables.insert(key.variable()).second) << key.dotted();
    EXPECT_TRUE(std::ranges::any_of(config_sections(), [&](const auto& each) {
      return each.name == key.section;
    })) << key.dotted();
    EXPECT_FALSE(key.meaning.empty()) << key.dotted();
  }
}

TEST(ConfigKeys, every_default_is_accepted_and_comes_back_unchanged) {
  for (const ConfigKey& key : config_keys()) {
    const ConfigValue value = key.get(Config{});
    EXPECT_TRUE(is_accepted(key, value)) << key.dotted() << " = " << toml_text(value);
    Config config;
    key.set(config, value);
    EXPECT_EQ(key.get(config), value) << key.dotted();
  }
}

// A copied row that still writes the setting it was copied from would show here.
TEST(ConfigKeys, each_key_changes_its_own_setting_only) {
  for (const ConfigKey& key : config_keys()) {
    const ConfigValue before = key.get(Config{});
    ConfigValue other = std::string("[::1]:9");
    if (const auto* number = std::get_if<std::uint64_t>(&before)) other = *number + 1;
    if (const auto* choice = std::get_if<ChoiceShape>(&key.shape))
      other = std::string(choice->words.back());
    if (std::holds_alternative<ListShape>(key.shape))
      other = std::vector<std::string>{"https://a.example"};
    Config config;
    key.set(config, other);
    EXPECT_EQ(key.get(config), other) << key.dotted();
    for (const ConfigKey& each : config_keys()) {
      const bool is_other = each.dotted() != key.dotted();
      EXPECT_TRUE(!is_other || each.get(config) == each.get(Config{}))
          << key.dotted() << ", " << each.dotted();
    }
  }
}

TEST(ConfigKeys, names_its_variable_after_section_and_key) {
  EXPECT_EQ(find_config_key("session", "heartbeat_s")->variable(), "TAYORI_SESSION_HEARTBEAT_S");
  EXPECT_EQ(find_config_key("internal", "api_key")->variable(), "TAYORI_INTERNAL_API_KEY");
  EXPECT_EQ(find_config_key("session", "none"), nullptr);
}

TEST(ConfigKeys, never_shows_what_was_found_in_a_secret) {
  const ConfigKey& key = *find_config_key("tokens", "key");
  EXPECT_EQ(found_text(key, "hunter2"), "a text of 7 bytes");
  EXPECT_EQ(found_text(key, "x"), "a text of 1 byte");
}

TEST(ConfigKeys, cuts_what_was_found_between_characters) {
  const ConfigKey& key = *find_config_key("public", "listen");
  std::string text;
  for (int i = 0; i < 30; ++i) text += "便";
  EXPECT_EQ(found_text(key, text), "\"" + text.substr(0, 78) + "\" (and 12 bytes more)");
  EXPECT_EQ(found_text(key, "\xff"), "1 bytes that are not UTF-8");
}

}  // namespace
}  // namespace tayori::server
