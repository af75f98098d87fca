#include "server/config_read.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace tayori::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ConfigReading : public testing::Test {
 protected:
  ~ConfigReading() override { std::filesystem::remove(file_); }

  std::string file_with(std::string_view toml) {
    std::ofstream(file_) << toml;
    return file_;
  }
  static std::vector<std::string> texts(const ConfigProblems& problems) {
    std::vector<std::string> all;
    for (const ConfigProblem& each : problems) all.push_back(each.text());
    return all;
  }

  const std::string test_ = testing::UnitTest::GetInstance()->current_test_info()->name();
  const std::string file_ = testing::TempDir() + "config_read_test." + test_ + ".toml";
};

TEST_F(ConfigReading, takes_flags_before_environment_before_file_before_defaults) {
  const auto read = read_config({
      .file = file_with(
          "[server]\nmode = \"dev\"\nloops = 1\nworkers = 1\n[public]\nlisten = \"127.0.0.1:1\"\n"),
      .environment = {{"TAYORI_SERVER_LOOPS", "2"}, {"TAYORI_PUBLIC_LISTEN", "127.0.0.1:2"}},
      .flags = {{"--public", "public", "listen", "127.0.0.1:3"}},
  });
  EXPECT_THAT(texts(read.problems), IsEmpty());
  EXPECT_EQ(read.config.public_.listen, "127.0.0.1:3");
  EXPECT_EQ(read.config.server.loops, 2u);
  EXPECT_EQ(read.config.server.workers, 1u);
  EXPECT_EQ(read.config.internal.listen, Config{}.internal.listen);
}

TEST_F(ConfigReading, tells_all_problems_at_once) {
  const auto read = read_config({
      .file = file_with("[server]\nloops = -1\n"),
      .environment = {{"TAYORI_SERVER_WORKERS", "many"}},
      .flags = {{"--public", "public", "listen", "here"}},
  });
  EXPECT_THAT(
      texts(read.problems),
      ElementsAre(file_ + ":2:9: server.loops: expected a whole number from 0 to 256, found -1",
                  "TAYORI_SERVER_WORKERS: expected a whole number from 1 to 256, found \"many\"",
                  "--public: expected ADDRESS:PORT such as \"127.0.0.1:8080\", \"[::1]:8080\" or "
                  "\"0.0.0.0:8080\", found \"here\""));
}

TEST_F(ConfigReading, checks_the_whole) {
  const auto read =
      read_config({.environment = {{"TAYORI_SERVER_MODE", "dev"}, {"TAYORI_LOG_ENGINE", "nats"}}});
  EXPECT_THAT(
      texts(read.problems),
      ElementsAre("log.engine: \"nats\" comes in a later version; so far there is \"memory\""));
}

TEST_F(ConfigReading, says_why_a_file_cannot_be_read) {
  EXPECT_THAT(texts(read_config({.file = "no/such.toml"}).problems),
              ElementsAre("no/such.toml: cannot be read: No such file or directory"));
  EXPECT_THAT(texts(read_config({.file = testing::TempDir()}).problems),
              ElementsAre(testing::TempDir() + ": cannot be read: Is a directory"));
  EXPECT_THAT(texts(read_config({.file = file_with(std::string(300'000, '#'))}).problems),
              ElementsAre(file_ + ": expected at most 262144 bytes"));
}

}  // namespace
}  // namespace tayori::server
