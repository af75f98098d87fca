#include "hub/hearers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tayori::hub {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

broker::Topic client(std::string_view name) { return broker::Topic::of(*ClientId::parse(name)); }
broker::Topic group(std::string_view name) { return broker::Topic::of(*GroupName::parse(name)); }

/// What a session of `who` hears by a token with `groups`.
TopicRefs topics(std::string_view who, const std::vector<std::string_view>& groups = {}) {
  TopicRefs all{std::make_shared<const broker::Topic>(client(who)),
                std::make_shared<const broker::Topic>(broker::Topic::everyone())};
  for (const std::string_view name : groups)
    all.push_back(std::make_shared<const broker::Topic>(group(name)));
  return all;
}

std::vector<std::string> names(const TopicRefs& topics) {
  std::vector<std::string> all;
  for (const TopicRef& topic : topics) all.push_back(topic->name);
  return all;
}

/// LOOP:SESSIONS of each loop that hears `topic`.
std::vector<std::string> shares(const Hearers& hearers, const broker::Topic& topic) {
  std::vector<std::string> all;
  std::size_t sum = 0;
  const std::size_t sessions =
      hearers.each(topic, [&](const TopicRef& heard, const Interest::Share& share) {
        EXPECT_EQ(*heard, topic);
        all.push_back(std::to_string(share.loop) + ":" + std::to_string(share.sessions));
        sum += share.sessions;
      });
  EXPECT_EQ(sessions, sum);
  EXPECT_EQ(hearers.sessions(topic), sum);
  return all;
}

class HearersTest : public testing::Test {
 protected:
  void join(std::string_view who, std::string_view name) {
    ASSERT_TRUE(*hearers_.join_group(client(who), group(name), number_ = number_.next()));
  }
  void leave(std::string_view who, std::string_view name) {
    ASSERT_TRUE(hearers_.leave_group(client(who), group(name), number_ = number_.next()));
  }
  std::vector<std::string> shares(std::string_view name) {
    return hub::shares(hearers_, group(name));
  }
  std::vector<std::string> readings(const TopicRefs& topics) {
    std::vector<std::string> all;
    for (const broker::Reading& reading : hearers_.readings(topics)) {
      const bool is_open = reading.through == broker::Reading{.topic = nullptr}.through;
      all.push_back(reading.topic->name + " " + std::to_string(reading.after.value) + "-" +
                    (is_open ? "..." : std::to_string(reading.through.value)));
    }
    return all;
  }

  Sequence number_;
  Hearers hearers_{100};
};

TEST_F(HearersTest, count_a_session_for_its_own_topic_for_everyone_and_for_its_tokens_groups) {
  EXPECT_THAT(hearers_.enter(1, topics("ann", {"a"})), IsEmpty());
  hearers_.enter(0, topics("bob", {"a", "b"}));
  EXPECT_THAT(hub::shares(hearers_, client("ann")), ElementsAre("1:1"));
  EXPECT_THAT(hub::shares(hearers_, broker::Topic::everyone()), ElementsAre("1:1", "0:1"));
  EXPECT_THAT(shares("a"), ElementsAre("1:1", "0:1"));
  EXPECT_THAT(shares("b"), ElementsAre("0:1"));
  hearers_.leave(0, topics("bob", {"a", "b"}));
  EXPECT_THAT(hub::shares(hearers_, client("bob")), IsEmpty());
  EXPECT_THAT(hub::shares(hearers_, broker::Topic::everyone()), ElementsAre("1:1"));
  EXPECT_THAT(shares("a"), ElementsAre("1:1"));
  EXPECT_THAT(shares("b"), IsEmpty());
}

TEST_F(HearersTest, join_with_all_their_sessions_on_every_loop) {
  hearers_.enter(0, topics("ann"));
  hearers_.enter(0, topics("ann"));
  hearers_.enter(1, topics("ann"));
  hearers_.enter(1, topics("bob"));
  join("ann", "a");
  EXPECT_THAT(shares("a"), ElementsAre("0:2", "1:1"));
  leave("ann", "a");
  EXPECT_THAT(shares("a"), IsEmpty());
}

TEST_F(HearersTest, enter_into_what_their_client_id_has_joined) {
  join("ann", "a");
  join("ann", "b");
  leave("ann", "b");
  EXPECT_THAT(shares("a"), IsEmpty()) << "nobody is here";
  EXPECT_THAT(names(hearers_.enter(1, topics("ann"))), ElementsAre("a"));
  EXPECT_THAT(names(hearers_.enter(1, topics("bob"))), IsEmpty());
  EXPECT_THAT(shares("a"), ElementsAre("1:1"));
  EXPECT_THAT(shares("b"), IsEmpty());
  hearers_.leave(1, topics("ann"));
  EXPECT_THAT(shares("a"), IsEmpty());
}

TEST_F(HearersTest, count_once_for_a_group_that_is_of_the_token_and_joined) {
  hearers_.enter(0, topics("ann", {"a"}));
  hearers_.enter(0, topics("ann"));
  join("ann", "a");
  EXPECT_THAT(shares("a"), ElementsAre("0:2"));
  EXPECT_THAT(names(hearers_.enter(1, topics("ann", {"a"}))), IsEmpty()) << "by its token already";
  EXPECT_THAT(shares("a"), ElementsAre("0:2", "1:1"));
  leave("ann", "a");
  EXPECT_THAT(shares("a"), ElementsAre("0:1", "1:1")) << "those that hear it by their token";
  join("ann", "a");
  hearers_.leave(0, topics("ann", {"a"}));
  EXPECT_THAT(shares("a"), ElementsAre("0:1", "1:1"));
  hearers_.leave(0, topics("ann"));
  hearers_.leave(1, topics("ann", {"a"}));
  EXPECT_THAT(shares("a"), IsEmpty());
}

TEST_F(HearersTest, tell_what_became_of_joining_and_leaving_as_members_do) {
  hearers_.enter(0, topics("ann"));
  EXPECT_TRUE(*hearers_.join_group(client("ann"), group("a"), {1}));
  EXPECT_FALSE(*hearers_.join_group(client("ann"), group("a"), {2}));
  EXPECT_THAT(shares("a"), ElementsAre("0:1")) << "joined once";
  EXPECT_EQ(hearers_.members().size(group("a")), 1U);
  EXPECT_TRUE(hearers_.leave_group(client("ann"), group("a"), {3}));
  EXPECT_FALSE(hearers_.leave_group(client("ann"), group("a"), {4}));
  Hearers full(0);
  full.enter(0, topics("ann"));
  EXPECT_EQ(full.join_group(client("ann"), group("a"), {1}).error().code, ErrorCode::overloaded);
  EXPECT_THAT(hub::shares(full, group("a")), IsEmpty());
}

TEST_F(HearersTest, read_each_stay_in_its_own_part_of_the_log) {
  join("ann", "a");
  leave("ann", "a");
  join("ann", "b");
  join("ann", "a");
  join("bob", "c");
  EXPECT_THAT(readings(topics("ann", {"t"})),
              ElementsAre("ann 0-...", " 0-...", "t 0-...", "a 1-2", "b 3-...", "a 4-..."));
  EXPECT_THAT(readings(topics("dan")), ElementsAre("dan 0-...", " 0-..."));
}

TEST_F(HearersTest, read_a_group_of_the_token_whole_whenever_it_was_joined) {
  join("ann", "a");
  leave("ann", "a");
  join("ann", "b");
  EXPECT_THAT(readings(topics("ann", {"a", "b"})),
              ElementsAre("ann 0-...", " 0-...", "a 0-...", "b 0-..."));
}

TEST_F(HearersTest, read_no_more_what_is_forgotten) {
  join("ann", "a");
  leave("ann", "a");
  join("ann", "b");
  hearers_.forget({1});
  EXPECT_THAT(readings(topics("ann")), ElementsAre("ann 0-...", " 0-...", "a 1-2", "b 3-..."));
  hearers_.forget({2});
  EXPECT_THAT(readings(topics("ann")), ElementsAre("ann 0-...", " 0-...", "b 3-..."));
}

TEST_F(HearersTest, know_the_clients_of_a_group_by_name_whichever_way_they_hear_it) {
  const auto clients = [&](std::string_view name) {
    return names(hearers_.clients_of(group(name)));
  };
  EXPECT_THAT(clients("a"), IsEmpty());
  join("cid", "a");
  hearers_.enter(0, topics("dan", {"a", "b"}));
  hearers_.enter(1, topics("bob", {"a"}));
  hearers_.enter(0, topics("bob", {"a"}));
  hearers_.enter(0, topics("eve", {"0", "aa"}));
  join("bob", "a");
  EXPECT_THAT(clients("a"), ElementsAre("bob", "cid", "dan"));
  EXPECT_THAT(clients("b"), ElementsAre("dan"));
  leave("bob", "a");
  hearers_.leave(0, topics("bob", {"a"}));
  EXPECT_THAT(clients("a"), ElementsAre("bob", "cid", "dan")) << "one session hears it still";
  hearers_.leave(1, topics("bob", {"a"}));
  EXPECT_THAT(clients("a"), ElementsAre("cid", "dan"));
  leave("cid", "a");
  EXPECT_THAT(clients("a"), ElementsAre("dan"));
}

TEST_F(HearersTest, join_many_groups_at_once_from_a_loop_of_many) {
  // So many that what is known of groups grows while the loops of a client are gone through.
  constexpr LoopIndex kLoops = 8;
  constexpr int kGroups = 60;
  for (LoopIndex loop = 0; loop < kLoops; ++loop) hearers_.enter(loop, topics("ann"));
  for (int i = 0; i < kGroups; ++i) join("ann", "g" + std::to_string(i));
  for (int i = 0; i < kGroups; ++i)
    EXPECT_EQ(hearers_.sessions(group("g" + std::to_string(i))), kLoops);
}

TEST(HearersDeathTest, let_only_those_leave_who_have_entered) {
  Hearers hearers(10);
  hearers.enter(0, topics("ann"));
  hearers.enter(0, topics("bob", {"a"}));
  EXPECT_EXIT(hearers.leave(1, topics("ann")), testing::KilledBySignal(SIGABRT), "");
  EXPECT_EXIT(hearers.leave(0, topics("ann", {"a"})), testing::KilledBySignal(SIGABRT), "");
}

}  // namespace
}  // namespace tayori::hub
