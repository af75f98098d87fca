#include "server/config_toml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace tayori::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

struct ReadToml {
  explicit ReadToml(std::string_view toml) {
    for (const ConfigProblem& each : apply_toml(config, toml, "tayori.toml"))
      problems.push_back(each.text());
  }
  Config config;
  std::vector<std::string> problems;
};

TEST(ConfigToml, sets_what_the_file_says_and_leaves_the_rest) {
  const ReadToml read(R"(
[public]
listen = "[::1]:9000"
origins = ["https://a.example", "https://*.b.example"]
[tokens]
duration_minutes = 5
[server]
mode = "dev"
loops = 3
[log]
history_bytes = 67_108_864
[session]
heartbeat_s = 20
)");
  EXPECT_THAT(read.problems, IsEmpty());
  EXPECT_EQ(read.config.public_.listen, "[::1]:9000");
  EXPECT_THAT(read.config.public_.origins, ElementsAre("https://a.example", "https://*.b.example"));
  EXPECT_EQ(read.config.tokens.duration, 5min);
  EXPECT_EQ(read.config.server.mode, Mode::dev);
  EXPECT_EQ(read.config.server.loops, 3u);
  EXPECT_EQ(read.config.log.history_bytes, 64u << 20);
  EXPECT_EQ(read.config.session.heartbeat, 20s);
  EXPECT_EQ(read.config.internal.listen, Config{}.internal.listen);
}

TEST(ConfigToml, tells_where_a_value_does_not_suit_and_what_was_expected) {
  const ReadToml read("[session]\n\n  heartbeat_s = \"soon\"\n");
  EXPECT_THAT(read.problems, ElementsAre("tayori.toml:3:17: session.heartbeat_s: expected a whole "
                                         "number of seconds from 1 to 300, found "
                                         "\"soon\""));
}

TEST(ConfigToml, tells_what_was_found_whatever_its_type) {
  const ReadToml read(R"([session]
heartbeat_s = 301
authenticate_s = -1
outbox_bytes = 1.5e6
message_bytes = true
[log]
engine = "disk"
history_s = [1]
[presence]
grace_s = 1979-05-27
[public]
origins = "*"
prefix = "channel"
)");
  EXPECT_THAT(
      read.problems,
      ElementsAre(
          "tayori.toml:2:15: session.heartbeat_s: expected a whole number of seconds from 1 to "
          "300, found 301",
          "tayori.toml:3:18: session.authenticate_s: expected a whole number of seconds from 1 to "
          "60, found -1",
          "tayori.toml:4:16: session.outbox_bytes: expected a whole number of bytes from 4096 to "
          "268435456, found 1500000",
          "tayori.toml:5:17: session.message_bytes: expected a whole number of bytes from 1 to "
          "1048576, found true",
          "tayori.toml:7:10: log.engine: expected \"memory\", \"file\" or \"nats\", found \"disk\"",
          "tayori.toml:8:13: log.history_s: expected a whole number of seconds from 1 to 86400, "
          "found a list",
          "tayori.toml:10:11: presence.grace_s: expected a whole number of seconds from 0 to 3600, "
          "found a date or time",
          "tayori.toml:12:11: public.origins: expected \"*\" for any, or origins such as "
          "\"https://example.org\" or "
          "\"https://*.example.org\", found \"*\"",
          "tayori.toml:13:10: public.prefix: expected a path that begins and ends with \"/\", such "
          "as \"/_ah/channel/\", "
          "found \"channel\""));
}

TEST(ConfigToml, suggests_the_key_that_was_probably_meant) {
  const ReadToml read(
      "[session]\nhartbeat_s = 20\n[sesion]\nheartbeat_s = 20\n[tokens]\nheartbeat_s = 20\n");
  EXPECT_THAT(
      read.problems,
      ElementsAre(
          "tayori.toml:2:1: there is no session.hartbeat_s; is heartbeat_s meant?",
          "tayori.toml:3:2: there is no section [sesion]; is [session] meant?",
          "tayori.toml:6:1: there is no tokens.heartbeat_s; heartbeat_s stands in [session]"));
}

TEST(ConfigToml, refuses_keys_that_nothing_resembles) {
  const ReadToml read(
      "workers = 2\ncolour = \"red\"\nsession = 1\n[server]\ncolour = \"red\"\n[paint]\n");
  EXPECT_THAT(
      read.problems,
      ElementsAre(
          "tayori.toml:1:1: workers stands in no section; it belongs below [server]",
          "tayori.toml:2:1: there is no colour; `tayori check --defaults` shows all keys",
          "tayori.toml:3:1: session is a section: expected [session] and its keys below",
          "tayori.toml:5:1: there is no server.colour; `tayori check --defaults` shows all keys",
          "tayori.toml:6:2: there is no section [paint]; `tayori check --defaults` shows all of "
          "them"));
}

TEST(ConfigToml, says_of_keys_to_come_that_they_come_later) {
  const ReadToml read("[nats]\nurl = \"nats://127.0.0.1\"\n[log]\npath = \"/data\"\n");
  EXPECT_THAT(read.problems, ElementsAre("tayori.toml:2:1: there is no nats.url yet: it comes in a "
                                         "later version; take it out for now",
                                         "tayori.toml:4:1: there is no log.path yet: it comes in a "
                                         "later version; take it out for now"));
}

TEST(ConfigToml, shows_no_secret) {
  const ReadToml read(
      "[tokens]\nkey = \"hunter2\"\nprevious_key = 12345\n[internal]\napi_key = \"with space\"\n");
  EXPECT_THAT(read.problems, ElementsAre("tayori.toml:2:7: tokens.key: expected at least 32 bytes "
                                         "(openssl rand -hex 32 makes a good key), "
                                         "found a text of 7 bytes",
                                         "tayori.toml:3:16: tokens.previous_key: expected at least "
                                         "32 bytes (openssl rand -hex 32 makes a "
                                         "good key), found something else",
                                         "tayori.toml:5:11: internal.api_key: expected printable "
                                         "ASCII characters without spaces, found a "
                                         "text of 10 bytes"));
}

TEST(ConfigToml, tells_where_the_text_is_no_toml) {
  const ReadToml read("[session]\nheartbeat_s = = 1\n");
  ASSERT_EQ(read.problems.size(), 1u);
  EXPECT_THAT(read.problems.front(), testing::StartsWith("tayori.toml:2:15: "));
}

}  // namespace
}  // namespace tayori::server
