// Several channels of a page on one connection (spec/protocol.md 2.6).
#include "session/shared_socket.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "base/base36.h"
#include "hub/hub_fixture.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class SharedSocketTest : public HubTest {
 protected:
  /// Opens `client` as channel `number`, a digit.
  void open_on(Browser& page, char number, std::string_view client, std::string_view cursor = {}) {
    page.say(std::string("k") + number);
    page.open(token(client), cursor);
    turn();
  }
  Browser& with_two() {
    start();
    Browser& page = connect_shared();
    open_on(page, '0', "ann");
    open_on(page, '1', "bob");
    EXPECT_THAT(page.told(), ElementsAre("o e1-0 recovered", "k1", "o e1-1 recovered"));
    return page;
  }
};

TEST_F(SharedSocketTest, tells_each_channel_its_own) {
  Browser& page = with_two();
  send("ann", "a");
  send("bob", "b");
  send("bob", "c");
  turn();
  broadcast("all");
  turn();
  EXPECT_THAT(page.told(),
              ElementsAre("k0", "m3 a", "k1", "m4 b", "m5 c", "k0", "m6 all", "k1", "m6 all"));
  EXPECT_THAT(edges(), ElementsAre("+ann", "+bob"));
}

TEST_F(SharedSocketTest, ends_a_channel_without_the_others) {
  Browser& page = with_two();
  page.say("k2");
  page.open("no token");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("k2", "e invalid_token"));
  page.say("h");  // of the channel that has ended
  page.say("k0");
  page.say("c");
  turn();
  EXPECT_THAT(page.told(), IsEmpty());
  EXPECT_THAT(edges(), ElementsAre("+ann", "+bob", "-ann"));
  send("bob", "b");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("k1", "m4 b"));
}

TEST_F(SharedSocketTest, closes_with_the_last_channel) {
  Browser& page = with_two();
  page.say("k0");
  page.say("c");
  page.say("k1");
  page.say("c");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("close 1000"));
  EXPECT_THAT(edges(), ElementsAre("+ann", "+bob", "-ann", "-bob"));
}

TEST_F(SharedSocketTest, is_lost_for_all_its_channels) {
  Browser& page = with_two();
  page.hang_up();
  turn();
  EXPECT_THAT(edges(), ElementsAre("+ann", "+bob"));
  EXPECT_EQ(loop_hub().counters().sessions_open.value(), 0U);
  pass(5s);
  EXPECT_THAT(edges(), ElementsAre("-ann", "-bob"));
}

TEST_F(SharedSocketTest, is_left_with_all_its_channels_by_a_close) {
  Browser& page = with_two();
  page.end().close(1001);
  turn();
  EXPECT_THAT(edges(), ElementsAre("+ann", "+bob", "-ann", "-bob"));
}

TEST_F(SharedSocketTest, takes_a_number_once) {
  Browser& page = with_two();
  page.say("k1");
  page.say("c");
  page.open(token("carol"));
  turn();
  EXPECT_THAT(page.told(), IsEmpty()) << "frames of an ended channel are passed over";
  EXPECT_EQ(loop_hub().counters().sessions_open.value(), 1U);
}

TEST_F(SharedSocketTest, refuses_what_opens_no_channel) {
  start();
  for (const std::string text : {"h", "k-1", "k", "k01", "kzzzzzzzz", "x"}) {
    Browser& page = connect_shared();
    page.say(text);
    turn();
    EXPECT_THAT(page.told(), ElementsAre("e protocol_error", "close 1002")) << text;
  }
}

TEST_F(SharedSocketTest, has_at_most_64_channels) {
  start();
  Browser& page = connect_shared();
  for (std::uint64_t i = 0; i <= session::SharedSocket::kChannelsMax; ++i) {
    std::string number = "k";
    base::append_base36(number, i);
    page.say(number);
    page.open(token("ann"));
    turn();
  }
  const auto told = page.told();
  EXPECT_EQ(told.back(), "close 1002");
  EXPECT_EQ(std::ranges::count(told, "o e1-0 recovered"), 1);
  EXPECT_EQ(std::ranges::count(told, "o e1-1 recovered"), 63) << "behind the coming of the first";
  EXPECT_EQ(loop_hub().counters().sessions_open.value(), 0U);
}

TEST_F(SharedSocketTest, needs_a_channel_within_the_time_for_a_token) {
  start();
  Browser& page = connect_shared();
  pass(9'999ms);
  EXPECT_THAT(page.told(), IsEmpty());
  pass(1ms);
  EXPECT_THAT(page.told(), ElementsAre("e not_authenticated", "close 4407"));
}

TEST_F(SharedSocketTest, drains_with_its_channels) {
  Browser& page = with_two();
  Browser& idle = connect_shared();
  turn();
  loop_hub().drain();
  turn();
  const auto told = page.told();
  EXPECT_EQ(std::ranges::count(told, "e shutting_down"), 2);
  EXPECT_EQ(told.back(), "close 1012");
  EXPECT_THAT(idle.told(), ElementsAre("e shutting_down", "close 1012"));
}

TEST_F(SharedSocketTest, hears_and_keeps_each_channel_by_what_any_of_them_says) {
  Browser& page = with_two();
  for (int i = 0; i < 4; ++i) {
    pass(20s);
    page.say("h");
    turn();
  }
  EXPECT_THAT(page.told(), Contains("h"));
  EXPECT_EQ(loop_hub().counters().sessions_open.value(), 2U);
  page.end().ping("there?");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("pong there?"));
  pass(1ms);
  pass(50s);
  EXPECT_EQ(loop_hub().counters().sessions_open.value(), 0U)
      << "nothing was heard for two heartbeats";
}

/// The messages of each channel, in the order in which they came.
std::map<std::string, std::vector<std::string>> by_channel(const std::vector<std::string>& told) {
  std::map<std::string, std::vector<std::string>> channels;
  std::string current = "k0";
  for (const std::string& one : told) {
    if (one.starts_with('k')) current = one;
    if (one.starts_with('m')) channels[current].push_back(one.substr(one.find(' ') + 1));
  }
  return channels;
}

TEST_F(SharedSocketTest, keeps_frames_whole_for_a_page_that_reads_slowly) {
  start();
  Browser& page = connect_shared(Browser::Pipe::narrow);
  const std::vector<std::string> clients{"ann", "bob", "carol"};
  for (std::size_t i = 0; i < clients.size(); ++i)
    open_on(page, static_cast<char>('0' + i), clients[i]);
  auto told = page.told();
  std::map<std::string, std::vector<std::string>> sent;
  auto random = base::Random::seeded(7);
  for (int i = 0; i < 300; ++i) {
    const std::size_t to = random.below(clients.size());
    const std::string text =
        std::to_string(i) + std::string(random.below(9'000), static_cast<char>('a' + to));
    send(clients[to], text);
    sent["k" + std::to_string(to)].push_back(text);
    if (random.below(3) == 0) turn();
    if (random.below(5) == 0) page.end().ping("p");
    if (random.below(4) == 0) {
      page.end().read(random.below(20'000) + 1);
      for (const auto& frame : page.end().read_frames()) told.push_back(hub::told(frame));
    }
  }
  turn();
  while (page.end().read() > 0) {
    for (const auto& frame : page.end().read_frames()) told.push_back(hub::told(frame));
    turn();
  }
  const auto got = by_channel(told);
  for (const auto& [channel, texts] : sent) {
    ASSERT_TRUE(got.contains(channel));
    EXPECT_EQ(got.at(channel).size(), texts.size()) << channel;
    EXPECT_TRUE(got.at(channel) == texts) << channel;
  }
  EXPECT_EQ(std::ranges::count_if(told, [](const auto& one) { return one.starts_with('e'); }), 0);
}

TEST_F(SharedSocketTest, takes_over_what_was_on_a_connection_of_its_own) {
  start({}, 2);
  Browser& alone = connect(1);
  alone.open(token("ann"));
  turn();
  const auto opened = alone.end().texts();
  const std::string word = std::string(told_value(opened.at(0)).at("session").as_string());
  Browser& page = connect_shared();
  page.say("t{\"token\":\"" + token("ann") + "\",\"cursor\":\"e1-0\",\"session\":\"" + word +
           "\"}");
  turn();
  EXPECT_THAT(alone.told(), ElementsAre("e moved", "close 4411"));
  EXPECT_THAT(page.told(), ElementsAre("o e1-0 recovered"));
  pass(10s);
  EXPECT_THAT(edges(), ElementsAre("+ann"));
}

}  // namespace
}  // namespace tayori::hub
