#include "hub/roster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using Kind = PresenceEdge::Kind;
using Reason = PresenceEdge::Reason;

const std::string kEpoch = "e1";
constexpr std::size_t kEnough = 1'000;

ClientId client(std::string_view name) { return *ClientId::parse(name); }
Cursor at(std::uint64_t number, const std::string& epoch = kEpoch) { return {epoch, {number}}; }

std::string text(const PresenceEdge& edge) {
  return (edge.kind == Kind::connected ? "+" : "-") + edge.client_id.text();
}
std::vector<std::string> texts(const std::vector<PresenceEdge>& edges) {
  std::vector<std::string> all;
  for (const PresenceEdge& edge : edges) all.push_back(text(edge));
  return all;
}
/// Names of a page, and what comes next.
std::vector<std::string> told(const PresentClients& page) {
  std::vector<std::string> all;
  for (const Present& one : page.clients) all.push_back(one.client_id.text());
  if (page.next) all.push_back("next " + *page.next);
  return all;
}

class RosterTest : public testing::Test {
 protected:
  RosterTest() {
    roster_.on_edge([this](const PresenceEdge& edge) { edges_.push_back(edge); });
  }
  void come(std::string_view name, Roster& roster) {
    number_ = number_.next();
    roster.come(number_, client(name), {start_ + std::chrono::seconds(number_.value)});
  }
  void come(std::string_view name) { come(name, roster_); }
  void go(std::string_view name, Roster& roster) {
    number_ = number_.next();
    roster.go(number_, client(name), {start_ + std::chrono::seconds(number_.value), Reason::lost});
  }
  void go(std::string_view name) { go(name, roster_); }

  base::ManualClock clock_;
  const Control::WallTime start_ = clock_.wall();
  Sequence number_;
  Roster roster_{kEpoch, kEnough, clock_};
  std::vector<PresenceEdge> edges_;
};

TEST_F(RosterTest, is_empty_at_first) {
  EXPECT_FALSE(roster_.is_here(client("ann")));
  EXPECT_EQ(roster_.present(), 0U);
  EXPECT_THAT(told(roster_.list("", 10)), IsEmpty());
  EXPECT_EQ(roster_.list("", 10).cursor, at(0));
  const PresenceEvents events = roster_.events(at(0), 10);
  EXPECT_THAT(events.events, IsEmpty());
  EXPECT_EQ(events.cursor, at(0));
  EXPECT_FALSE(events.more);
  EXPECT_FALSE(events.gap);
}

TEST_F(RosterTest, knows_who_is_here_from_coming_to_going) {
  come("ann");
  EXPECT_TRUE(roster_.is_here(client("ann")));
  EXPECT_FALSE(roster_.is_here(client("bob")));
  come("bob");
  EXPECT_EQ(roster_.present(), 2U);
  go("ann");
  EXPECT_FALSE(roster_.is_here(client("ann")));
  EXPECT_EQ(roster_.present(), 1U);
}

TEST_F(RosterTest, tells_what_happened_to_whom_when_and_why) {
  roster_.come({3}, client("ann"), {start_ + 1s});
  roster_.go({4}, client("ann"), {start_ + 2s, Reason::replaced});
  ASSERT_EQ(texts(edges_), (std::vector<std::string>{"+ann", "-ann"}));
  EXPECT_EQ(edges_[0].reason, Reason::none);
  EXPECT_EQ(edges_[0].at, start_ + 1s);
  EXPECT_EQ(edges_[1].reason, Reason::replaced);
  EXPECT_EQ(edges_[1].at, start_ + 2s);
}

TEST_F(RosterTest, tells_of_a_change_only) {
  go("ann");
  EXPECT_THAT(edges_, IsEmpty()) << "she was not here";
  come("ann");
  come("ann");
  EXPECT_THAT(texts(edges_), ElementsAre("+ann"));
  EXPECT_EQ(roster_.list("", 1).clients.at(0).since, start_ + 2s) << "since she came first";
  EXPECT_EQ(roster_.list("", 1).cursor, at(2)) << "the last edge";
  go("ann");
  go("ann");
  EXPECT_THAT(texts(edges_), ElementsAre("+ann", "-ann"));
  EXPECT_THAT(texts(roster_.events(at(0), kEnough).events), ElementsAre("+ann", "-ann"));
}

TEST_F(RosterTest, needs_nobody_who_wants_to_know) {
  Roster roster(kEpoch, kEnough, clock_);
  come("ann", roster);
  EXPECT_THAT(texts(roster.events(at(0), kEnough).events), ElementsAre("+ann"));
}

TEST_F(RosterTest, numbers_its_edges_ascending) {
  for (const char* name : {"ann", "bob", "cid"}) come(name);
  number_ = {1'000};
  for (const char* name : {"bob", "ann"}) go(name);
  ASSERT_EQ(edges_.size(), 5U);
  for (std::size_t i = 1; i < edges_.size(); ++i)
    EXPECT_GT(edges_[i].generation, edges_[i - 1].generation);
  const auto remembered = roster_.events(at(0), kEnough).events;
  ASSERT_EQ(remembered.size(), edges_.size());
  for (std::size_t i = 0; i < edges_.size(); ++i)
    EXPECT_EQ(remembered[i].generation, edges_[i].generation) << "the same for all who are told";
}

TEST_F(RosterTest, goes_on_ascending_while_it_forgets) {
  Roster roster(kEpoch, 2, clock_);
  roster.on_edge([this](const PresenceEdge& edge) { edges_.push_back(edge); });
  for (const char* name : {"ann", "bob", "cid", "dan", "eve"}) come(name, roster);
  ASSERT_EQ(edges_.size(), 5U);
  for (std::size_t i = 1; i < edges_.size(); ++i)
    EXPECT_GT(edges_[i].generation, edges_[i - 1].generation);
}

TEST_F(RosterTest, goes_on_ascending_after_a_restart) {
  number_ = {999'998};
  come("ann");
  clock_.advance(1s);
  Roster restarted(kEpoch, kEnough, clock_);
  restarted.come({1}, client("ann"), {start_});
  EXPECT_GT(restarted.events(at(0), 1).events.at(0).generation, edges_.back().generation);
}

TEST_F(RosterTest, finds_those_who_are_here) {
  for (const char* name : {"cid", "ann", "bob"}) come(name);
  go("bob");
  const std::vector<ClientId> wanted{client("cid"), client("bob"), client("dan"), client("ann")};
  const PresentClients found = roster_.find(wanted);
  EXPECT_THAT(told(found), ElementsAre("cid", "ann"));
  EXPECT_EQ(found.clients.at(0).since, start_ + 1s);
  EXPECT_EQ(found.clients.at(0).sessions, 0U);
  EXPECT_EQ(found.cursor, at(4));
}

TEST_F(RosterTest, lists_by_name_and_page) {
  for (const char* name : {"d", "b", "a", "c"}) come(name);
  const PresentClients first = roster_.list("", 2);
  EXPECT_THAT(told(first), ElementsAre("a", "b", "next b"));
  EXPECT_EQ(first.clients.at(1).since, start_ + 2s);
  EXPECT_EQ(first.cursor, at(4));
  EXPECT_THAT(told(roster_.list("b", 2)), ElementsAre("c", "d")) << "full, and nothing behind";
  EXPECT_THAT(told(roster_.list("bb", 1)), ElementsAre("c", "next c"));
  go("b");
  EXPECT_THAT(told(roster_.list("", 2)), ElementsAre("a", "c", "next c"));
  EXPECT_THAT(told(roster_.list("d", 2)), IsEmpty());
}

TEST_F(RosterTest, lists_those_among_others_by_name_and_page) {
  for (const char* name : {"d", "b", "a", "c"}) come(name);
  std::vector<TopicRef> among;
  for (const char* name : {"a", "ab", "b", "d", "e"})
    among.push_back(std::make_shared<const broker::Topic>(broker::Topic::of(client(name))));
  const auto list = [&](std::string_view after, std::size_t limit) {
    return told(roster_.list_among(among, after, limit));
  };
  EXPECT_THAT(list("", 2), ElementsAre("a", "b", "next b"));
  EXPECT_THAT(list("b", 1), ElementsAre("d")) << "e is not here";
  EXPECT_THAT(list("aa", 1), ElementsAre("b", "next b"));
  EXPECT_THAT(list("d", 10), IsEmpty());
  EXPECT_EQ(roster_.list_among(among, "", 2).cursor, at(4));
  EXPECT_EQ(roster_.list_among(among, "", 2).clients.at(1).since, start_ + 2s);
}

TEST_F(RosterTest, gives_the_edges_behind_a_place_page_by_page) {
  for (const char* name : {"ann", "bob", "cid"}) come(name);
  number_ = {10};
  for (const char* name : {"ann", "bob"}) go(name);
  PresenceEvents page = roster_.events(at(1), 2);
  EXPECT_THAT(texts(page.events), ElementsAre("+bob", "+cid"));
  EXPECT_TRUE(page.more);
  EXPECT_EQ(page.cursor, at(3));
  EXPECT_FALSE(page.gap);
  page = roster_.events(page.cursor, 2);
  EXPECT_THAT(texts(page.events), ElementsAre("-ann", "-bob"));
  EXPECT_FALSE(page.more);
  EXPECT_EQ(page.cursor, at(12));
  EXPECT_THAT(texts(roster_.events(at(7), 9).events), ElementsAre("-ann", "-bob"))
      << "behind a place where nothing happened";
}

TEST_F(RosterTest, leaves_a_place_ahead_of_the_newest_edge_where_it_is) {
  come("ann");
  const PresenceEvents page = roster_.events(at(7), 2);
  EXPECT_THAT(page.events, IsEmpty());
  EXPECT_EQ(page.cursor, at(7));
  EXPECT_FALSE(page.gap);
  EXPECT_FALSE(page.more);
}

TEST_F(RosterTest, tells_of_a_gap_where_edges_are_forgotten) {
  Roster roster(kEpoch, 2, clock_);
  come("ann", roster);
  come("bob", roster);
  EXPECT_FALSE(roster.events(at(0), 10).gap);
  come("cid", roster);
  go("ann", roster);
  PresenceEvents page = roster.events(at(1), 10);
  EXPECT_EQ(page.gap, (Gap{at(1), at(2)}));
  EXPECT_THAT(texts(page.events), ElementsAre("+cid", "-ann"));
  EXPECT_EQ(page.cursor, at(4));
  page = roster.events(at(2), 10);
  EXPECT_FALSE(page.gap) << "nothing is missing behind the last that is forgotten";
  EXPECT_THAT(texts(page.events), ElementsAre("+cid", "-ann"));
  EXPECT_EQ(roster.present(), 2U) << "only the news is forgotten";
}

TEST_F(RosterTest, remembers_nothing_if_it_is_to) {
  Roster roster(kEpoch, 0, clock_);
  come("ann", roster);
  const PresenceEvents page = roster.events(at(0), 10);
  EXPECT_EQ(page.gap, (Gap{at(0), at(1)}));
  EXPECT_THAT(page.events, IsEmpty());
  EXPECT_FALSE(page.more);
  EXPECT_EQ(page.cursor, at(1));
}

TEST_F(RosterTest, begins_anew_for_a_place_in_another_log) {
  come("ann");
  come("bob");
  const Cursor foreign = at(70, "old");
  PresenceEvents page = roster_.events(foreign, 1);
  EXPECT_EQ(page.gap, (Gap{foreign, at(0)}));
  EXPECT_THAT(texts(page.events), ElementsAre("+ann"));
  EXPECT_TRUE(page.more);
  EXPECT_EQ(page.cursor, at(1));
  page = roster_.events(foreign, 10);
  EXPECT_THAT(texts(page.events), ElementsAre("+ann", "+bob"));
  EXPECT_EQ(page.cursor, at(2)) << "not the other log's number";
}

TEST(RosterThreads, shows_whoever_reads_every_edge_once_and_in_order) {
  constexpr std::uint64_t kRounds = 2'000;
  const base::ManualClock clock;
  Roster roster(kEpoch, 2 * kRounds, clock);
  std::thread log([&] {
    for (std::uint64_t i = 0; i < kRounds; ++i) {
      roster.come({2 * i + 1}, client("ann"), {});
      roster.go({2 * i + 2}, client("ann"), {{}, Reason::closed});
    }
  });
  Cursor place = at(0);
  std::size_t seen = 0;
  while (seen < 2 * kRounds) {
    const PresenceEvents page = roster.events(place, 7);
    EXPECT_FALSE(page.gap);
    for (const PresenceEdge& edge : page.events)
      EXPECT_EQ(edge.kind, seen++ % 2 == 0 ? Kind::connected : Kind::disconnected);
    EXPECT_EQ(page.cursor, at(seen));
    place = page.cursor;
    std::this_thread::yield();
    EXPECT_LE(roster.present(), 1U);
    EXPECT_LE(roster.list("", 10).clients.size(), 1U);
  }
  log.join();
  EXPECT_FALSE(roster.is_here(client("ann")));
}

}  // namespace
}  // namespace tayori::hub
