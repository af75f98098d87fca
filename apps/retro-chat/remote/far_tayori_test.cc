#include "remote/far_tayori.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace retrochat {
namespace {

using ::testing::ElementsAre;
using Told = tayori::Result<tayori::ServerFacts>;

const tayori::ServerFacts kFacts{"1.2.3", "http://127.0.0.1:8080", "/c/"};

class FindTest : public ::testing::Test {
 protected:
  std::string find(std::vector<Told> answers, const std::string& public_url = "") {
    std::size_t next = 0;
    const auto found = find_channel_script([&] { return answers.at(next++); }, public_url,
                                           [this](const std::string& why) {
                                             waited.push_back(why);
                                             return waited.size() < 3;
                                           });
    EXPECT_EQ(next, answers.size());
    const auto* script = std::get_if<ChannelScript>(&found);
    return script != nullptr ? script->url : std::get<std::string>(found);
  }

  std::vector<std::string> waited;
};

TEST_F(FindTest, takes_the_script_from_where_tayori_says) {
  EXPECT_EQ(find({kFacts}), "http://127.0.0.1:8080/c/jsapi");
  EXPECT_EQ(find({kFacts}, "https://push.example.org/"), "https://push.example.org/c/jsapi");
}

TEST_F(FindTest, waits_for_one_that_is_not_up_yet) {
  const auto away = tayori::Error::unanswered("nobody there");
  EXPECT_EQ(find({away, away, kFacts}), "http://127.0.0.1:8080/c/jsapi");
  EXPECT_THAT(waited, ElementsAre("nobody there", "nobody there"));
}

TEST_F(FindTest, gives_up_when_the_time_is_over) {
  const auto away = tayori::Error::unanswered("nobody there");
  EXPECT_EQ(find({away, away, away}), "nobody there");
}

TEST_F(FindTest, does_not_wait_for_one_that_refuses) {
  EXPECT_EQ(find({tayori::Error::of(tayori::ErrorCode::unauthorized, "wrong key")}), "wrong key");
  EXPECT_TRUE(waited.empty());
}

TEST_F(FindTest, refuses_an_address_that_pages_cannot_use) {
  EXPECT_EQ(find({tayori::ServerFacts{"1", "here and there", "/c/"}}),
            "pages cannot use its address \"here and there\"");
}

}  // namespace
}  // namespace retrochat
