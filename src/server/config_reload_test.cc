#include "server/config_reload.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <sstream>
#include <string>

#include "server/config_key.h"

namespace tayori::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kFirst(32, '1');
const std::string kSecond(32, '2');

Config running() {
  Config config;
  config.internal.api_key = "backend";
  config.tokens.key = kFirst;
  return config;
}

Config rotated() {
  Config config = running();
  config.tokens.key = kSecond;
  config.tokens.previous_key = kFirst;
  return config;
}

/// What is logged of `reload`.
std::string told(const ConfigReload& reload) {
  std::ostringstream out;
  auto logger = std::make_shared<spdlog::logger>(
      "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(out));
  logger->set_pattern("%l %v");
  const auto before = spdlog::default_logger();
  spdlog::set_default_logger(std::move(logger));
  tell(reload);
  spdlog::set_default_logger(before);
  return out.str();
}

TEST(ConfigReload, takes_the_keys_of_tokens_and_of_backends) {
  Config next = rotated();
  next.internal.api_key = "other";
  const ConfigReload reload = reload_config(running(), {next, {}});
  EXPECT_THAT(reload.problems, IsEmpty());
  EXPECT_THAT(reload.taken, ElementsAre("internal.api_key", "tokens.key", "tokens.previous_key"));
  EXPECT_THAT(reload.waiting, IsEmpty());
  EXPECT_EQ(reload.config.tokens.key, kSecond);
  EXPECT_EQ(reload.config.tokens.previous_key, kFirst);
  EXPECT_EQ(reload.config.internal.api_key, "other");
  EXPECT_FALSE(reload.forgets_signing_key);
}

TEST(ConfigReload, leaves_all_else_to_a_restart_and_names_it_each_time) {
  Config next = rotated();
  next.session.heartbeat = std::chrono::seconds{7};
  next.public_.origins = {"https://example.org"};
  const ConfigReload once = reload_config(running(), {next, {}});
  EXPECT_THAT(once.waiting, ElementsAre("public.origins", "session.heartbeat_s"));
  EXPECT_EQ(once.config.session.heartbeat, running().session.heartbeat);
  const ConfigReload again = reload_config(once.config, {next, {}});
  EXPECT_THAT(again.taken, IsEmpty());
  EXPECT_THAT(again.waiting, ElementsAre("public.origins", "session.heartbeat_s"));
}

TEST(ConfigReload, changes_nothing_when_there_is_a_problem) {
  const ConfigProblem problem{"tayori.toml:3:9", "nonsense"};
  const ConfigReload reload = reload_config(running(), {rotated(), {problem}});
  EXPECT_THAT(reload.problems, ElementsAre(problem));
  EXPECT_THAT(reload.taken, IsEmpty());
  EXPECT_EQ(reload.config.tokens.key, kFirst);
}

TEST(ConfigReload, does_not_open_a_server_whose_file_turns_to_dev_mode) {
  Config next;
  next.server.mode = Mode::dev;
  const ConfigReload reload = reload_config(running(), {next, {}});
  EXPECT_THAT(reload.taken, IsEmpty());
  EXPECT_THAT(reload.waiting, ElementsAre("internal.api_key", "server.mode"));
  EXPECT_EQ(reload.config.internal.api_key, "backend");
  EXPECT_EQ(reload.config.tokens.key, kFirst);
  EXPECT_EQ(reload.config.server.mode, Mode::serve);
}

TEST(ConfigReload, keeps_the_random_key_of_dev_mode) {
  Config dev;
  dev.server.mode = Mode::dev;
  Config started = dev;
  started.tokens.key = kFirst;
  dev.tokens.previous_key = kSecond;
  const ConfigReload reload = reload_config(started, {dev, {}});
  EXPECT_THAT(reload.taken, ElementsAre("tokens.previous_key"));
  EXPECT_EQ(reload.config.tokens.key, kFirst);
}

TEST(ConfigReload, asks_for_a_key_where_none_was_asked_for_only_after_a_restart) {
  Config started;
  started.server.mode = Mode::dev;
  started.tokens.key = kFirst;
  Config next = started;
  next.internal.api_key = "backend";
  const ConfigReload reload = reload_config(started, {next, {}});
  EXPECT_THAT(reload.waiting, ElementsAre("internal.api_key"));
  EXPECT_EQ(reload.config.internal.api_key, "");
}

TEST(ConfigReload, notices_that_the_tokens_made_so_far_are_refused) {
  Config next = running();
  next.tokens.key = kSecond;
  EXPECT_TRUE(reload_config(running(), {next, {}}).forgets_signing_key);
  EXPECT_FALSE(reload_config(running(), {running(), {}}).forgets_signing_key);
  Config only_previous = rotated();
  only_previous.tokens.previous_key = "";
  EXPECT_FALSE(reload_config(rotated(), {only_previous, {}}).forgets_signing_key)
      << "the previous key's time is over";
}

TEST(ConfigReload, is_told_by_names_and_never_by_values) {
  Config next = rotated();
  next.internal.api_key = "secret-of-backends";
  next.server.loops = 3;
  const std::string text = told(reload_config(running(), {next, {}}));
  EXPECT_THAT(text, HasSubstr("info SIGHUP: the configuration was read again; these are in force "
                              "now: internal.api_key, tokens.key, tokens.previous_key\n"));
  EXPECT_THAT(text, HasSubstr("warning SIGHUP: these have changed and wait for a restart: "
                              "server.loops\n"));
  for (const std::string& secret : {next.internal.api_key, kFirst, kSecond}) {
    EXPECT_THAT(text, Not(HasSubstr(secret)));
  }
}

TEST(ConfigReload, tells_that_nothing_has_changed) {
  EXPECT_EQ(told(reload_config(running(), {running(), {}})),
            "info SIGHUP: the configuration was read again, and nothing of what can change has\n");
}

TEST(ConfigReload, tells_every_problem_with_its_place) {
  const std::string text =
      told(reload_config(running(), {running(), {{"a.toml:1:1", "one"}, {"TAYORI_X", "two"}}}));
  EXPECT_EQ(text,
            "error SIGHUP: the configuration is wrong, and the one that runs stays as it is\n"
            "error   a.toml:1:1: one\nerror   TAYORI_X: two\n");
}

TEST(ConfigReload, warns_of_pages_that_cannot_come_back) {
  Config next = running();
  next.tokens.key = kSecond;
  EXPECT_THAT(told(reload_config(running(), {next, {}})),
              HasSubstr("warning SIGHUP: the tokens made until now are refused from now on"));
}

}  // namespace
}  // namespace tayori::server
