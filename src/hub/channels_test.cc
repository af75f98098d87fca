#include "hub/channels.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "hub/hub_fixture.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;

class ChannelsTest : public testing::Test {
 protected:
  Result<Channel> create(const ChannelOptions& options = {}) {
    return channels_.create(*ClientId::parse("ann"), options, {"e1", {42}});
  }
  static std::vector<GroupName> groups(std::size_t count, const std::string& name = "g") {
    std::vector<GroupName> all;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string numbered = std::to_string(i) + name;
      all.push_back(*GroupName::parse(numbered.substr(0, limits::kGroupNameBytes)));
    }
    return all;
  }

  base::ManualClock clock_;
  Channels channels_{test_tokens(), clock_, base::Random::seeded(1)};
};

TEST_F(ChannelsTest, writes_the_head_of_the_log_into_the_token) {
  const auto channel = create({.groups = groups(2, ".")});
  ASSERT_TRUE(channel);
  const auto claims = channels_.read(channel->token);
  ASSERT_TRUE(claims);
  EXPECT_EQ(claims->client_id.text(), "ann");
  EXPECT_EQ(claims->bookmark, (Cursor{"e1", {42}}));
  ASSERT_EQ(claims->groups.size(), 2U);
  EXPECT_EQ(claims->groups[1].text(), "1.");
}

TEST_F(ChannelsTest, makes_a_different_token_at_every_call) {
  std::set<std::string> tokens;
  std::set<std::string> ids;
  for (int i = 0; i < 100; ++i) {
    const auto channel = create();
    tokens.insert(channel->token);
    ids.insert(channels_.read(channel->token)->id);
  }
  EXPECT_EQ(tokens.size(), 100U);
  EXPECT_EQ(ids.size(), 100U);
}

TEST_F(ChannelsTest, answers_the_very_end_that_the_token_has) {
  clock_.advance(1'234'567us);
  const auto channel = create({.duration = 1min});
  ASSERT_TRUE(channel);
  EXPECT_EQ(channels_.read(channel->token)->expires_at, channel->expires_at);
  EXPECT_EQ(channel->expires_at, clock_.wall() - 234'567us + 1min);
}

TEST_F(ChannelsTest, reads_a_token_until_it_has_timed_out) {
  const auto channel = create({.duration = 1min});
  clock_.advance(60s - 1ns);
  EXPECT_TRUE(channels_.read(channel->token));
  clock_.advance(1ns);
  ASSERT_FALSE(channels_.read(channel->token));
  EXPECT_EQ(channels_.read(channel->token).error().code, ErrorCode::token_timed_out);
}

TEST_F(ChannelsTest, refuses_what_is_no_token_of_ours) {
  EXPECT_EQ(channels_.read("nonsense").error().code, ErrorCode::invalid_token);
  access::Tokens others(*access::TokenKeys::of(std::string(32, 'o')));
  Channels strangers(std::move(others), clock_, base::Random::seeded(2));
  const auto channel = strangers.create(*ClientId::parse("ann"), {}, {"e1", {}});
  EXPECT_EQ(channels_.read(channel->token).error().code, ErrorCode::invalid_token);
}

TEST_F(ChannelsTest, bounds_the_duration_on_both_sides) {
  EXPECT_TRUE(create({.duration = 1min}));
  EXPECT_TRUE(create({.duration = 1'440min}));
  for (const std::chrono::minutes duration : {0min, -1min, 1'441min}) {
    EXPECT_EQ(create({.duration = duration}).error().code, ErrorCode::invalid_duration);
  }
}

TEST_F(ChannelsTest, takes_64_groups_and_no_more) {
  const auto channel = create({.groups = groups(64, std::string(128, 'x'))});
  ASSERT_TRUE(channel);
  EXPECT_TRUE(channels_.read(channel->token));
  EXPECT_EQ(create({.groups = groups(65)}).error().code, ErrorCode::invalid_group);
}

TEST_F(ChannelsTest, makes_no_token_that_is_too_long_to_be_read_again) {
  // Each of these is written as two characters.
  const auto channel = create({.groups = groups(64, std::string(128, '"'))});
  if (channel) {
    EXPECT_TRUE(channels_.read(channel->token));
  } else {
    EXPECT_EQ(channel.error().code, ErrorCode::invalid_group);
  }
}

access::Tokens tokens_of(char key, char previous) {
  return access::Tokens(*access::TokenKeys::of(std::string(32, key), std::string(32, previous)));
}

TEST_F(ChannelsTest, reads_tokens_of_this_key_and_the_one_before_it_only) {
  const auto first = create();
  channels_.replace_keys(tokens_of('2', 'k'));
  const auto second = create();
  EXPECT_TRUE(channels_.read(first->token));
  EXPECT_TRUE(channels_.read(second->token));
  channels_.replace_keys(tokens_of('3', '2'));
  const auto third = create();
  EXPECT_EQ(channels_.read(first->token).error().code, ErrorCode::invalid_token);
  EXPECT_TRUE(channels_.read(second->token));
  EXPECT_TRUE(channels_.read(third->token));
}

TEST_F(ChannelsTest, may_have_its_keys_replaced_while_it_is_asked) {
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 100; ++j) {
        if (!channels_.read(create()->token)) ++refused;
      }
    });
  }
  // Two keys by turns, so that a token is always of this key or the one before it.
  for (int i = 0; i < 50; ++i) {
    channels_.replace_keys(i % 2 == 0 ? tokens_of('2', 'k') : tokens_of('k', '2'));
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(refused, 0);
}

TEST_F(ChannelsTest, may_be_asked_by_many_threads) {
  std::vector<std::vector<std::string>> made(4);
  std::vector<std::thread> threads;
  for (auto& tokens : made) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) tokens.push_back(create()->token);
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> all;
  for (const auto& tokens : made) all.insert(tokens.begin(), tokens.end());
  EXPECT_EQ(all.size(), 200U);
}

}  // namespace
}  // namespace tayori::hub
