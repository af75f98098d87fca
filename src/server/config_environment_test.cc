#include "server/config_environment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tayori::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

struct ReadEnvironment {
  explicit ReadEnvironment(const Environment& environment) {
    for (const ConfigProblem& each : apply_environment(config, environment))
      problems.push_back(each.text());
  }
  Config config;
  std::vector<std::string> problems;
};

TEST(ConfigEnvironment, sets_what_the_variables_say) {
  const ReadEnvironment read({{"TAYORI_PUBLIC_LISTEN", "0.0.0.0:80"},
                              {"TAYORI_PUBLIC_ORIGINS", "https://a.example, https://b.example"},
                              {"TAYORI_INTERNAL_API_KEY", "secret"},
                              {"TAYORI_PRESENCE_GRACE_S", "0"},
                              {"TAYORI_SERVER_VERBOSITY", "off"}});
  EXPECT_THAT(read.problems, IsEmpty());
  EXPECT_EQ(read.config.public_.listen, "0.0.0.0:80");
  EXPECT_THAT(read.config.public_.origins, ElementsAre("https://a.example", "https://b.example"));
  EXPECT_EQ(read.config.internal.api_key, "secret");
  EXPECT_EQ(read.config.presence.grace, 0s);
  EXPECT_EQ(read.config.server.verbosity, LogLevel::off);
}

TEST(ConfigEnvironment, tells_what_was_expected_and_what_was_found) {
  const ReadEnvironment read({{"TAYORI_LOG_ENGINE", "disk"},
                              {"TAYORI_PRESENCE_GRACE_S", "5s"},
                              {"TAYORI_PUBLIC_ORIGINS", "https://a.example,,"},
                              {"TAYORI_TOKENS_KEY", "short"}});
  EXPECT_THAT(
      read.problems,
      ElementsAre(
          "TAYORI_LOG_ENGINE: expected \"memory\", \"file\" or \"nats\", found \"disk\"",
          "TAYORI_PRESENCE_GRACE_S: expected a whole number of seconds from 0 to 3600, found "
          "\"5s\"",
          "TAYORI_PUBLIC_ORIGINS: expected \"*\" for any, or origins such as "
          "\"https://example.org\" or "
          "\"https://*.example.org\", found \"https://a.example,,\"",
          "TAYORI_TOKENS_KEY: expected at least 32 bytes (openssl rand -hex 32 makes a good key), "
          "found a "
          "text of 5 bytes"));
}

TEST(ConfigEnvironment, refuses_unknown_variables_that_begin_like_a_section) {
  const ReadEnvironment read({{"TAYORI_SESSION_HEARTBEAT", "20"}, {"TAYORI_HTTP_COLOUR", "red"}});
  EXPECT_THAT(read.problems, ElementsAre("TAYORI_HTTP_COLOUR: there is no such setting; `tayori "
                                         "check --defaults` shows all of them",
                                         "TAYORI_SESSION_HEARTBEAT: there is no such setting; is "
                                         "TAYORI_SESSION_HEARTBEAT_S meant?"));
}

TEST(ConfigEnvironment, leaves_alone_what_is_not_the_servers) {
  const ReadEnvironment read({{"TAYORI_URL", "http://127.0.0.1:1"},
                              {"TAYORI_API_KEY", "k"},
                              {"TAYORI_PUBLIC_URL", "http://127.0.0.1:1"},
                              {"TAYORI_INTERNAL_URL", "http://127.0.0.1:1"},
                              {"TAYORI_BIN", "/usr/bin/tayori"},
                              {"TAYORI_TOKEN", "t"},
                              {"TAYORI_PUBLICITY", "none"},
                              {"TAYORI_LOG_ENGINE", ""}});
  EXPECT_THAT(read.problems, IsEmpty());
}

TEST(ConfigEnvironment, says_of_settings_to_come_that_they_come_later) {
  const ReadEnvironment read(
      {{"TAYORI_NATS_URL", "nats://127.0.0.1"}, {"TAYORI_LOG_PATH", "/data"}});
  EXPECT_THAT(read.problems,
              ElementsAre("TAYORI_LOG_PATH: there is no log.path yet: it comes in a later version; "
                          "take it out for now",
                          "TAYORI_NATS_URL: there is no nats.url yet: it comes in a later version; "
                          "take it out for now"));
}

}  // namespace
}  // namespace tayori::server
