#include "hub/members.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tayori/limits.h"

namespace tayori::hub {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

broker::Topic client(std::string_view name) { return broker::Topic::of(*ClientId::parse(name)); }
broker::Topic group(std::string_view name) { return broker::Topic::of(*GroupName::parse(name)); }

/// Name and bounds of each stay; `...` for one that goes on.
std::vector<std::string> stays(const Members& members, std::string_view who) {
  std::vector<std::string> all;
  const auto* known = members.stays(client(who));
  if (known == nullptr) return {"none"};
  for (const Members::Stay& stay : *known) {
    all.push_back(stay.group->name + " " + std::to_string(stay.after.value) + "-" +
                  (stay.is_over() ? std::to_string(stay.through.value) : "..."));
  }
  return all;
}

std::vector<std::string> of(const Members& members, std::string_view name) {
  std::vector<std::string> all;
  for (const TopicRef& member : members.of(group(name))) all.push_back(member->name);
  return all;
}

/// Names and members of the groups of a page, and what comes next.
std::vector<std::string> told(const Groups& page) {
  std::vector<std::string> all;
  for (const GroupSize& one : page.groups)
    all.push_back(one.group.text() + " " + std::to_string(one.members));
  if (page.next) all.push_back("next " + *page.next);
  return all;
}

TEST(Members, know_nobody_at_first) {
  const Members members(10);
  EXPECT_THAT(stays(members, "ann"), ElementsAre("none"));
  EXPECT_THAT(of(members, "a"), IsEmpty());
  EXPECT_EQ(members.size(group("a")), 0U);
  EXPECT_EQ(members.memberships(), 0U);
  EXPECT_THAT(told(members.list("", 10)), IsEmpty());
  EXPECT_THAT(told(members.list_of(client("ann"), "", 10)), IsEmpty());
}

TEST(Members, are_in_a_group_from_where_they_join_to_where_they_leave) {
  Members members(10);
  EXPECT_TRUE(*members.join(client("ann"), group("a"), {5}));
  EXPECT_THAT(stays(members, "ann"), ElementsAre("a 5-..."));
  EXPECT_EQ(members.memberships(), 1U);
  EXPECT_TRUE(members.leave(client("ann"), group("a"), {9}));
  EXPECT_THAT(stays(members, "ann"), ElementsAre("a 5-9"));
  EXPECT_EQ(members.memberships(), 0U);
}

TEST(Members, join_once_and_leave_once) {
  Members members(10);
  EXPECT_FALSE(members.leave(client("ann"), group("a"), {1}));
  EXPECT_TRUE(*members.join(client("ann"), group("a"), {2}));
  EXPECT_FALSE(*members.join(client("ann"), group("a"), {3}));
  EXPECT_THAT(stays(members, "ann"), ElementsAre("a 2-..."));
  EXPECT_EQ(members.memberships(), 1U);
  EXPECT_FALSE(members.leave(client("ann"), group("b"), {4}));
  EXPECT_FALSE(members.leave(client("bob"), group("a"), {5}));
  EXPECT_TRUE(members.leave(client("ann"), group("a"), {6}));
  EXPECT_FALSE(members.leave(client("ann"), group("a"), {7}));
  EXPECT_THAT(stays(members, "ann"), ElementsAre("a 2-6"));
}

TEST(Members, that_come_back_have_a_stay_for_each_time) {
  Members members(10);
  ASSERT_TRUE(members.join(client("ann"), group("a"), {1}));
  members.leave(client("ann"), group("a"), {2});
  EXPECT_TRUE(*members.join(client("ann"), group("a"), {5}));
  ASSERT_TRUE(members.join(client("ann"), group("b"), {6}));
  EXPECT_TRUE(members.leave(client("ann"), group("a"), {7}));
  EXPECT_THAT(stays(members, "ann"), ElementsAre("a 1-2", "a 5-7", "b 6-..."));
}

TEST(Members, of_a_group_come_by_name) {
  Members members(10);
  for (const char* who : {"cid", "ann", "bob"})
    ASSERT_TRUE(members.join(client(who), group("a"), {1}));
  ASSERT_TRUE(members.join(client("dan"), group("b"), {2}));
  EXPECT_THAT(of(members, "a"), ElementsAre("ann", "bob", "cid"));
  EXPECT_EQ(members.size(group("a")), 3U);
  members.leave(client("bob"), group("a"), {3});
  EXPECT_THAT(of(members, "a"), ElementsAre("ann", "cid"));
  EXPECT_EQ(members.size(group("a")), 2U);
}

TEST(Members, share_the_names_of_groups_and_of_clients) {
  Members members(10);
  ASSERT_TRUE(members.join(client("ann"), group("a"), {1}));
  ASSERT_TRUE(members.join(client("ann"), group("b"), {2}));
  ASSERT_TRUE(members.join(client("bob"), group("a"), {3}));
  EXPECT_EQ(members.stays(client("ann"))->at(0).group, members.stays(client("bob"))->at(0).group);
  EXPECT_EQ(members.of(group("a")).at(0), members.of(group("b")).at(0));
}

TEST(Members, are_in_64_groups_at_most) {
  Members members(1'000);
  for (std::size_t i = 0; i < limits::kGroupsPerClient; ++i)
    ASSERT_TRUE(*members.join(client("ann"), group("g" + std::to_string(i)), {i + 1}));
  const auto refused = members.join(client("ann"), group("more"), {100});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_group);
  EXPECT_EQ(members.memberships(), limits::kGroupsPerClient);
  EXPECT_EQ(members.size(group("more")), 0U);
  EXPECT_THAT(*members.stays(client("ann")), SizeIs(limits::kGroupsPerClient));
  EXPECT_TRUE(members.join(client("bob"), group("more"), {101})) << "each for itself";
  EXPECT_FALSE(*members.join(client("ann"), group("g7"), {102})) << "in it already, so no error";
  ASSERT_TRUE(members.leave(client("ann"), group("g7"), {103}));
  EXPECT_TRUE(*members.join(client("ann"), group("more"), {104})) << "stays that are over are free";
  EXPECT_EQ(members.join(client("ann"), group("g7"), {105}).error().code, ErrorCode::invalid_group);
}

TEST(Members, refuse_at_the_limit_and_change_nothing) {
  Members members(2);
  ASSERT_TRUE(members.join(client("ann"), group("a"), {1}));
  ASSERT_TRUE(members.join(client("bob"), group("a"), {2}));
  const auto refused = members.join(client("cid"), group("b"), {3});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::overloaded);
  EXPECT_THAT(refused.error().detail, testing::HasSubstr("groups.memberships"));
  EXPECT_EQ(members.memberships(), 2U);
  EXPECT_THAT(stays(members, "cid"), ElementsAre("none"));
  EXPECT_THAT(told(members.list("", 10)), ElementsAre("a 2")) << "no empty group is left behind";
  EXPECT_FALSE(*members.join(client("ann"), group("a"), {4})) << "in it already, so no error";
  members.leave(client("ann"), group("a"), {5});
  EXPECT_TRUE(*members.join(client("cid"), group("b"), {6}));
}

TEST(Members, forget_stays_that_the_log_holds_nothing_of) {
  Members members(10);
  ASSERT_TRUE(members.join(client("ann"), group("a"), {1}));
  ASSERT_TRUE(members.join(client("ann"), group("b"), {2}));
  ASSERT_TRUE(members.join(client("ann"), group("c"), {3}));
  ASSERT_TRUE(members.join(client("bob"), group("a"), {4}));
  members.leave(client("ann"), group("b"), {5});
  members.leave(client("bob"), group("a"), {6});
  members.leave(client("ann"), group("a"), {7});
  members.forget({4});
  EXPECT_THAT(stays(members, "ann"), ElementsAre("a 1-7", "b 2-5", "c 3-..."));
  members.forget({6});
  EXPECT_THAT(stays(members, "ann"), ElementsAre("a 1-7", "c 3-..."));
  EXPECT_THAT(stays(members, "bob"), ElementsAre("none"));
  members.forget({1'000});
  EXPECT_THAT(stays(members, "ann"), ElementsAre("c 3-...")) << "one that goes on is kept";
  EXPECT_EQ(members.lost_through(), Sequence{}) << "nothing was forgotten early";
}

TEST(Members, remember_as_many_stays_that_are_over_as_may_be_at_a_time) {
  Members members(2);
  for (std::uint64_t i = 1; const char* who : {"ann", "bob", "cid"}) {
    EXPECT_EQ(members.lost_through(), Sequence{});
    ASSERT_TRUE(members.join(client(who), group("a"), {i++}));
    ASSERT_TRUE(members.leave(client(who), group("a"), {i++}));
  }
  EXPECT_EQ(members.lost_through(), Sequence{2});
  EXPECT_THAT(stays(members, "ann"), ElementsAre("none"));
  EXPECT_THAT(stays(members, "bob"), ElementsAre("a 3-4"));
  EXPECT_THAT(stays(members, "cid"), ElementsAre("a 5-6"));
  members.forget({4});
  EXPECT_EQ(members.lost_through(), Sequence{2}) << "this one was in time";
}

TEST(Members, list_groups_by_name_and_page) {
  Members members(10);
  for (const char* name : {"d", "b", "a", "c"})
    ASSERT_TRUE(members.join(client("ann"), group(name), {1}));
  ASSERT_TRUE(members.join(client("bob"), group("b"), {2}));
  EXPECT_THAT(told(members.list("", 2)), ElementsAre("a 1", "b 2", "next b"));
  EXPECT_THAT(told(members.list("b", 2)), ElementsAre("c 1", "d 1")) << "full, and nothing behind";
  EXPECT_THAT(told(members.list("bb", 10)), ElementsAre("c 1", "d 1")) << "behind no group's name";
  EXPECT_THAT(told(members.list("d", 10)), IsEmpty());
  members.leave(client("ann"), group("c"), {3});
  EXPECT_THAT(told(members.list("", 10)), ElementsAre("a 1", "b 2", "d 1")) << "c is empty";
}

TEST(Members, list_the_groups_of_one_by_name_and_page) {
  Members members(10);
  for (const char* name : {"d", "b", "a", "c"})
    ASSERT_TRUE(members.join(client("ann"), group(name), {1}));
  ASSERT_TRUE(members.join(client("bob"), group("b"), {2}));
  ASSERT_TRUE(members.join(client("bob"), group("e"), {3}));
  const auto list = [&](std::string_view after, std::size_t limit) {
    return told(members.list_of(client("ann"), after, limit));
  };
  EXPECT_THAT(list("", 2), ElementsAre("a 1", "b 2", "next b"));
  EXPECT_THAT(list("b", 2), ElementsAre("c 1", "d 1"));
  EXPECT_THAT(list("bb", 1), ElementsAre("c 1", "next c"));
  members.leave(client("ann"), group("c"), {4});
  EXPECT_THAT(list("", 10), ElementsAre("a 1", "b 2", "d 1")) << "not what is over";
}

TEST(Members, hold_a_hundred_thousand_in_one_group) {
  constexpr std::size_t kMany = 100'000;
  Members members(kMany);
  const broker::Topic room = group("room");
  const auto who = [](std::size_t i) { return client("c" + std::to_string(i)); };
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < kMany; ++i) ASSERT_TRUE(*members.join(who(i), room, {++number}));
  EXPECT_EQ(members.size(room), kMany);
  EXPECT_EQ(members.memberships(), kMany);
  EXPECT_THAT(told(members.list("", 10)), ElementsAre("room 100000"));
  const auto all = members.of(room);
  ASSERT_THAT(all, SizeIs(kMany));
  EXPECT_TRUE(std::ranges::is_sorted(all, {}, [](const TopicRef& one) { return one->name; }));
  for (std::size_t i = 0; i < kMany; ++i) ASSERT_TRUE(members.leave(who(i), room, {++number}));
  EXPECT_EQ(members.size(room), 0U);
  EXPECT_EQ(members.memberships(), 0U);
  EXPECT_EQ(members.lost_through(), Sequence{});
  members.forget({number});
  EXPECT_EQ(members.stays(who(7)), nullptr);
}

}  // namespace
}  // namespace tayori::hub
