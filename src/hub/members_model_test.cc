// Members and Hearers against a model too simple to be wrong: lists of all sessions and of all stays, from which everything
// is counted anew each time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "base/random.h"
#include "broker/seeds.h"
#include "hub/hearers.h"

namespace tayori::hub {
namespace {

using broker::Topic;
using testing::ElementsAreArray;
using testing::UnorderedElementsAreArray;
using Names = std::set<std::string>;

constexpr std::uint64_t kClients = 4;
constexpr std::uint64_t kGroups = 5;
constexpr LoopIndex kLoops = 3;
constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

std::string client_name(std::uint64_t i) { return "c" + std::to_string(i); }
std::string group_name(std::uint64_t i) { return "g" + std::to_string(i); }
Topic client(const std::string& name) { return Topic::of(*ClientId::parse(name)); }
Topic group(const std::string& name) { return Topic::of(*GroupName::parse(name)); }

struct Session {
  std::string client;
  LoopIndex loop;
  Names groups;

  [[nodiscard]] TopicRefs topics() const {
    TopicRefs all{std::make_shared<const Topic>(hub::client(client)),
                  std::make_shared<const Topic>(Topic::everyone())};
    for (const std::string& name : groups)
      all.push_back(std::make_shared<const Topic>(group(name)));
    return all;
  }
};

struct Stay {
  std::string client;
  std::string group;
  std::uint64_t after;
  std::uint64_t through = kNever;
};

/// A topic's kind and name, and in which part of the log it is heard.
using Part = std::tuple<Topic::Kind, std::string, std::uint64_t, std::uint64_t>;
using Shares = std::map<LoopIndex, std::uint32_t>;

/// What is so, by the words of members.h and hearers.h alone.
class Model {
 public:
  explicit Model(std::size_t limit) : limit_(limit) {}

  [[nodiscard]] bool is_in(const std::string& client, const std::string& group) const {
    return std::ranges::any_of(stays_, [&](const Stay& stay) {
      return stay.client == client && stay.group == group && stay.through == kNever;
    });
  }
  [[nodiscard]] std::size_t memberships() const {
    return static_cast<std::size_t>(std::ranges::count(stays_, kNever, &Stay::through));
  }
  [[nodiscard]] bool is_full() const { return memberships() == limit_; }
  void join(const std::string& client, const std::string& group, std::uint64_t number) {
    stays_.push_back({client, group, number});
  }
  void leave(const std::string& client, const std::string& group, std::uint64_t number) {
    for (Stay& stay : stays_) {
      if (stay.client == client && stay.group == group && stay.through == kNever)
        stay.through = number;
    }
    const auto is_over = [](const Stay& stay) { return stay.through != kNever; };
    if (static_cast<std::size_t>(std::ranges::count_if(stays_, is_over)) <= limit_) return;
    lost_through_ = std::ranges::min_element(stays_, {}, &Stay::through)->through;
    forget(lost_through_);
  }
  void forget(std::uint64_t number) {
    std::erase_if(stays_, [&](const Stay& stay) { return stay.through <= number; });
  }
  [[nodiscard]] std::uint64_t lost_through() const { return lost_through_; }

  [[nodiscard]] Names groups_of(const std::string& client) const {
    Names groups;
    for (std::uint64_t i = 0; i < kGroups; ++i) {
      if (is_in(client, group_name(i))) groups.insert(group_name(i));
    }
    return groups;
  }
  [[nodiscard]] Names members_of(const std::string& group) const {
    Names members;
    for (std::uint64_t i = 0; i < kClients; ++i) {
      if (is_in(client_name(i), group)) members.insert(client_name(i));
    }
    return members;
  }
  [[nodiscard]] bool hears(const Session& session, const Topic& topic) const {
    if (topic.kind == Topic::Kind::everyone) return true;
    if (topic.kind == Topic::Kind::client) return topic.name == session.client;
    return session.groups.contains(topic.name) || is_in(session.client, topic.name);
  }
  [[nodiscard]] Shares shares(const std::vector<Session>& sessions, const Topic& topic) const {
    Shares shares;
    for (const Session& session : sessions) {
      if (hears(session, topic)) ++shares[session.loop];
    }
    return shares;
  }
  [[nodiscard]] std::vector<Part> parts(const Session& session) const {
    std::vector<Part> parts{{Topic::Kind::client, session.client, 0, kNever},
                            {Topic::Kind::everyone, "", 0, kNever}};
    for (const std::string& name : session.groups)
      parts.emplace_back(Topic::Kind::group, name, 0, kNever);
    for (const Stay& stay : stays_) {
      if (stay.client == session.client && !session.groups.contains(stay.group))
        parts.emplace_back(Topic::Kind::group, stay.group, stay.after, stay.through);
    }
    return parts;
  }

 private:
  const std::size_t limit_;
  std::vector<Stay> stays_;
  std::uint64_t lost_through_ = 0;
};

class Trial {
 public:
  explicit Trial(std::uint64_t seed)
      : random_(base::Random::seeded(seed)),
        limit_(2 + random_.below(14)),
        hearers_(limit_),
        model_(limit_) {}

  void step() {
    switch (random_.below(10)) {
      case 0:
      case 1: enter(); break;
      case 2: leave(); break;
      case 3:
      case 4:
      case 5: join_group(); break;
      case 6:
      case 7:
      case 8: leave_group(); break;
      default: forget(); break;
    }
    check_counts();
    check_members();
    check_reading();
  }

  /// What the steps have come to, so that none of it is left out.
  std::map<std::string, int> seen;

 private:
  std::string any_client() { return client_name(random_.below(kClients)); }
  std::string any_group() { return group_name(random_.below(kGroups)); }
  Session any_session() {
    Session session{any_client(), static_cast<LoopIndex>(random_.below(kLoops)), {}};
    for (std::uint64_t i = random_.below(4); i > 0; --i) session.groups.insert(any_group());
    return session;
  }

  void enter() {
    sessions_.push_back(any_session());
    const Session& session = sessions_.back();
    Names joined;
    for (const TopicRef& one : hearers_.enter(session.loop, session.topics()))
      EXPECT_TRUE(joined.insert(one->name).second);
    Names expected = model_.groups_of(session.client);
    seen["joined and by token"] += static_cast<int>(
        std::erase_if(expected, [&](const auto& name) { return session.groups.contains(name); }));
    EXPECT_EQ(joined, expected);
  }
  void leave() {
    if (sessions_.empty()) return;
    const auto one =
        sessions_.begin() + static_cast<std::ptrdiff_t>(random_.below(sessions_.size()));
    hearers_.leave(one->loop, one->topics());
    sessions_.erase(one);
  }
  void join_group() {
    const std::string who = any_client();
    const std::string name = any_group();
    const bool was_in = model_.is_in(who, name);
    const bool is_full = model_.is_full();
    const auto joined = hearers_.join_group(client(who), group(name), {++number_});
    if (!was_in && is_full) {
      ++seen["overloaded"];
      ASSERT_FALSE(joined);
      EXPECT_EQ(joined.error().code, ErrorCode::overloaded);
      return;
    }
    ASSERT_TRUE(joined);
    EXPECT_EQ(*joined, !was_in);
    if (*joined) model_.join(who, name, number_);
  }
  void leave_group() {
    const std::string who = any_client();
    const std::string name = any_group();
    const bool was_in = model_.is_in(who, name);
    EXPECT_EQ(hearers_.leave_group(client(who), group(name), {++number_}), was_in);
    if (!was_in) return;
    const auto lost_before = model_.lost_through();
    model_.leave(who, name, number_);
    seen["forgotten early"] += model_.lost_through() > lost_before ? 1 : 0;
  }
  void forget() {
    if (random_.below(6) > 0) return;
    const std::uint64_t number = random_.below(number_ + 1);
    hearers_.forget({number});
    model_.forget(number);
  }

  void check_counts() {
    std::vector<Topic> topics{Topic::everyone()};
    for (std::uint64_t i = 0; i < kClients; ++i) topics.push_back(client(client_name(i)));
    for (std::uint64_t i = 0; i < kGroups; ++i) topics.push_back(group(group_name(i)));
    for (const Topic& topic : topics) {
      Shares shares;
      hearers_.each(topic, [&](const TopicRef&, const Interest::Share& share) {
        EXPECT_TRUE(shares.emplace(share.loop, share.sessions).second) << "a loop comes once";
      });
      EXPECT_EQ(shares, model_.shares(sessions_, topic)) << topic.name;
    }
  }
  void check_members() {
    const Members& members = hearers_.members();
    EXPECT_EQ(members.memberships(), model_.memberships());
    EXPECT_EQ(members.lost_through().value, model_.lost_through());
    for (std::uint64_t i = 0; i < kGroups; ++i) {
      const std::string name = group_name(i);
      Names expected = model_.members_of(name);
      EXPECT_EQ(members.size(group(name)), expected.size());
      for (const Session& session : sessions_) {
        if (session.groups.contains(name)) expected.insert(session.client);
      }
      std::vector<std::string> clients;
      for (const TopicRef& one : hearers_.clients_of(group(name))) clients.push_back(one->name);
      EXPECT_THAT(clients, ElementsAreArray(expected)) << name;
    }
    for (std::uint64_t i = 0; i < kClients; ++i) {
      Names groups;
      for (const GroupSize& one : members.list_of(client(client_name(i)), "", kGroups).groups)
        groups.insert(one.group.text());
      EXPECT_EQ(groups, model_.groups_of(client_name(i)));
    }
  }
  void check_reading() {
    const Session session = any_session();
    const TopicRefs topics = session.topics();
    std::vector<Part> parts;
    for (const broker::Reading& one : hearers_.readings(topics))
      parts.emplace_back(one.topic->kind, one.topic->name, one.after.value, one.through.value);
    const auto expected = model_.parts(session);
    EXPECT_THAT(parts, UnorderedElementsAreArray(expected));
    seen["parts that are over"] += static_cast<int>(std::ranges::count_if(
        expected, [](const Part& part) { return std::get<3>(part) != kNever; }));
  }

  base::Random random_;
  const std::size_t limit_;
  Hearers hearers_;
  Model model_;
  std::vector<Session> sessions_;
  std::uint64_t number_ = 0;
};

TEST(MembersModel, counts_and_reads_exactly_what_the_model_does) {
  std::map<std::string, int> seen;
  const auto seeds = broker::seeds(40);
  for (const std::uint64_t seed : seeds) {
    SCOPED_TRACE(broker::again_with(seed));
    Trial trial(seed);
    for (int step = 0; step < 250 && !HasFailure(); ++step) trial.step();
    if (HasFailure()) return;
    for (const auto& [what, times] : trial.seen) seen[what] += times;
  }
  if (seeds.size() == 1) return;
  for (const char* what :
       {"joined and by token", "overloaded", "forgotten early", "parts that are over"})
    EXPECT_GT(seen[what], 100) << what;
}

}  // namespace
}  // namespace tayori::hub
