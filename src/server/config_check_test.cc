#include "server/config_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace tayori::server {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

std::vector<std::string> problems_of(const Config& config) {
  std::vector<std::string> texts;
  for (const ConfigProblem& each : check_config(config)) texts.push_back(each.text());
  return texts;
}

Config with_keys() {
  Config config;
  config.internal.api_key = "key";
  config.tokens.key = std::string(32, 'k');
  return config;
}

Config for_dev() {
  Config config;
  config.server.mode = Mode::dev;
  return config;
}

TEST(ConfigCheck, serves_with_both_keys_on_any_address) {
  Config config = with_keys();
  config.public_.listen = "0.0.0.0:8080";
  config.internal.listen = "[::]:8081";
  EXPECT_THAT(problems_of(config), IsEmpty());
}

TEST(ConfigCheck, does_not_serve_without_keys_and_tells_how_to_make_them) {
  EXPECT_THAT(problems_of(Config{}),
              ElementsAre(AllOf(StartsWith("internal.api_key: "), HasSubstr("openssl rand -hex 32"),
                                HasSubstr("TAYORI_INTERNAL_API_KEY")),
                          AllOf(StartsWith("tokens.key: "), HasSubstr("openssl rand -hex 32"),
                                HasSubstr("TAYORI_TOKENS_KEY"))));
}

TEST(ConfigCheck, needs_no_keys_in_dev_mode_but_loopback) {
  EXPECT_THAT(problems_of(for_dev()), IsEmpty());
  Config config = for_dev();
  config.public_.listen = "0.0.0.0:8080";
  config.internal.listen = "10.0.0.1:8081";
  EXPECT_THAT(problems_of(config), ElementsAre("public.listen: dev mode asks nobody for a key, so "
                                               "it stays on this machine: expected 127.0.0.1, "
                                               "[::1] or localhost, found \"0.0.0.0:8080\"",
                                               AllOf(StartsWith("internal.listen: dev mode"),
                                                     HasSubstr("\"10.0.0.1:8081\""))));
}

TEST(ConfigCheck, says_which_engines_come_later) {
  Config config = with_keys();
  config.log.engine = LogEngine::nats;
  EXPECT_THAT(
      problems_of(config),
      ElementsAre("log.engine: \"nats\" comes in a later version; so far there is \"memory\""));
}

TEST(ConfigCheck, keeps_browsers_and_backends_apart) {
  Config config = with_keys();
  config.internal.listen = config.public_.listen;
  EXPECT_THAT(problems_of(config), ElementsAre("internal.listen: browsers and backends need "
                                               "listeners of their own; both are 127.0.0.1:8080"));
  config.public_.listen = config.internal.listen = "127.0.0.1:0";
  EXPECT_THAT(problems_of(config), IsEmpty()) << "port 0 is a different one each time";
}

TEST(ConfigCheck, wants_room_for_the_longest_message_everywhere) {
  Config config = with_keys();
  config.session.message_bytes = limits::kMessageBytesCeiling;
  EXPECT_THAT(problems_of(config),
              ElementsAre("session.outbox_bytes: one message of session.message_bytes = 1048576 "
                          "has to fit: expected at "
                          "least 1048640, found 1048576"));
  config.session.outbox_bytes *= 2;
  EXPECT_THAT(problems_of(config), IsEmpty());
}

TEST(ConfigCheck, wants_room_for_what_pages_send_where_they_may) {
  Config config = with_keys();
  config.receive.url = "http://127.0.0.1:9000";
  EXPECT_THAT(problems_of(config), IsEmpty());
  config.receive.message_bytes = 40'000;
  EXPECT_THAT(problems_of(config),
              ElementsAre("http.public_body_bytes: a page's message of receive.message_bytes = "
                          "40000 has to fit, escaped and with its token: expected at least "
                          "136400, found 131072"));
  config.http.public_body_bytes = 136'400;
  EXPECT_THAT(problems_of(config), IsEmpty());
  config.http.public_body_bytes = 1'024;
  config.receive.url = "";
  EXPECT_THAT(problems_of(config), IsEmpty()) << "nothing is received";
}

}  // namespace
}  // namespace tayori::server
