#include "remote/far_tokens.h"

#include <gtest/gtest.h>

#include "store/store_for_tests.h"

namespace retrochat {
namespace {

class FarTokensTest : public ::testing::Test {
 protected:
  std::string make(const std::string& who) {
    const auto channel = tokens.create(*tayori::ClientId::parse(who), {});
    return channel ? channel->token : "";
  }
  std::string holder(const std::string& token) {
    const auto who = tokens.client_of(token);
    return who ? who->text() : std::string(facts(who.error().code).name);
  }

  int calls = 0;
  std::optional<tayori::Error> error;
  ManualClock time;
  FarTokens tokens{[this](const tayori::ClientId& who,
                          const tayori::ChannelOptions&) -> tayori::Result<tayori::Channel> {
                     ++calls;
                     if (error) return *error;
                     return tayori::Channel{"token " + std::to_string(calls), who, {}};
                   },
                   time.clock(), 3};
};

TEST_F(FarTokensTest, know_whose_they_are) {
  const std::string one = make("ann");
  const std::string two = make("bob");
  EXPECT_EQ(holder(one), "ann");
  EXPECT_EQ(holder(two), "bob");
  EXPECT_EQ(holder("made by nobody"), "invalid_token");
  EXPECT_EQ(holder(""), "invalid_token");
}

TEST_F(FarTokensTest, are_void_when_their_holder_was_shown_out) {
  const std::string one = make("ann");
  const std::string two = make("bob");
  tokens.forget(*tayori::ClientId::parse("ann"));
  EXPECT_EQ(holder(one), "invalid_token");
  EXPECT_EQ(holder(two), "bob");
  EXPECT_EQ(holder(make("ann")), "ann");
  tokens.forget_all();
  EXPECT_EQ(holder(two), "invalid_token");
}

TEST_F(FarTokensTest, are_remembered_up_to_a_number_the_newest) {
  const std::string oldest = make("ann");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(holder(make("ann")), "ann");
  EXPECT_EQ(holder(oldest), "invalid_token");
}

TEST_F(FarTokensTest, are_not_asked_for_again_and_again_when_nobody_answers) {
  error = tayori::Error::unanswered("away");
  EXPECT_EQ(make("ann"), "");
  error.reset();
  EXPECT_EQ(make("ann"), "");
  EXPECT_EQ(calls, 1);
  time.pass(std::chrono::seconds{1});
  EXPECT_NE(make("ann"), "");
}

TEST_F(FarTokensTest, are_asked_for_again_when_the_clock_was_set_back) {
  error = tayori::Error::unanswered("away");
  EXPECT_EQ(make("ann"), "");
  error.reset();
  time.pass(-std::chrono::hours{1});
  EXPECT_NE(make("ann"), "");
}

TEST_F(FarTokensTest, are_forgotten_also_where_older_ones_had_to_give_way) {
  const std::string oldest = make("ann");
  const std::string older = make("ann");
  for (int i = 0; i < 2; ++i) (void)make("bob");
  tokens.forget(*tayori::ClientId::parse("ann"));
  EXPECT_EQ(holder(oldest), "invalid_token");
  EXPECT_EQ(holder(older), "invalid_token");
}

TEST_F(FarTokensTest, are_asked_for_at_once_after_a_refusal) {
  error = tayori::Error::of(tayori::ErrorCode::overloaded);
  EXPECT_EQ(make("ann"), "");
  error.reset();
  EXPECT_NE(make("ann"), "");
}

}  // namespace
}  // namespace retrochat
