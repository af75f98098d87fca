#include "server/config_print.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "server/config_key.h"
#include "server/config_toml.h"

namespace tayori::server {
namespace {

TEST(ConfigPrint, the_defaults_read_back_as_the_defaults) {
  Config config;
  for (const ConfigKey& key : config_keys()) {
    if (const auto* number = std::get_if<NumberShape>(&key.shape)) key.set(config, number->max);
  }
  EXPECT_EQ(apply_toml(config, default_toml(), "defaults"), ConfigProblems{});
  for (const ConfigKey& key : config_keys())
    EXPECT_EQ(key.get(config), key.get(Config{})) << key.dotted();
}

TEST(ConfigPrint, the_defaults_show_every_key) {
  for (const ConfigKey& key : config_keys()) {
    EXPECT_THAT(default_toml(), testing::ContainsRegex("\n(# )?" + std::string(key.name) + " = "))
        << key.dotted();
  }
}

TEST(ConfigPrint, the_example_in_the_reference_page_is_good) {
  const std::string page = config_reference();
  const std::string fence = "```toml\n";
  const auto begin = page.find(fence) + fence.size();
  const std::string example = page.substr(begin, page.find("```", begin) - begin);
  Config config;
  EXPECT_EQ(apply_toml(config, example, "example"), ConfigProblems{});
  EXPECT_EQ(config.session.heartbeat, std::chrono::seconds{20});
}

TEST(ConfigPrint, the_reference_page_is_up_to_date) {
  std::ifstream page(TAYORI_SOURCE_DIR "/docs/reference/configuration.md");
  const std::string text{std::istreambuf_iterator<char>(page), {}};
  EXPECT_EQ(text, config_reference())
      << "run: tayori check --reference > docs/reference/configuration.md";
}

}  // namespace
}  // namespace tayori::server
