// A page that comes back on another connection goes on with its session, and with nobody else's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hub/http_page.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

/// With one loop, and with two, of which the page comes to the other each time.
class PageTakeoverTest : public HttpPagesTest, public testing::WithParamInterface<std::size_t> {
 protected:
  void start_without_grace() {
    start({.history = {}, .session = {}, .presence_grace = 0ms}, GetParam());
  }
  [[nodiscard]] std::size_t other() const { return GetParam() - 1; }

  Browser& socket(const Asking& asking, std::size_t loop = 0) {
    Browser& browser = connect(loop);
    browser.say("t" + asking.json());
    turn();
    return browser;
  }
};

INSTANTIATE_TEST_SUITE_P(Loops, PageTakeoverTest, testing::Values(1U, 2U),
                         [](const auto& loops) { return std::to_string(loops.param); });

TEST_P(PageTakeoverTest, keeps_the_session_on_every_transport) {
  start_without_grace();
  const std::string ann = token("ann");
  Browser& first = socket({.token = ann});
  EXPECT_THAT(first.told(), ElementsAre("o e1-0 recovered"));
  const std::string word = first.session();

  HttpPage& second = stream({.token = ann, .cursor = "e1-0", .session = word}, other());
  EXPECT_EQ(second.session(), word);
  EXPECT_THAT(first.told(), ElementsAre("e moved", "close 4411"));
  EXPECT_EQ(send("ann", "one").sessions, 1U);
  turn();
  EXPECT_THAT(second.told(), ElementsAre("m2 one"));

  HttpPage& third = held({.token = ann, .cursor = second.cursor(), .session = word});
  EXPECT_THAT(second.told(), ElementsAre("e moved", "end"));
  EXPECT_EQ(sessions(), 1U);
  send("ann", "two");
  turn();
  EXPECT_THAT(third.told(), ElementsAre("o e1-2 recovered", "m3 two"));
  EXPECT_EQ(third.session(), word);
  third.ask("/poll", {.token = ann, .cursor = third.cursor(), .session = word});
  turn();

  Browser& last = socket({.token = ann, .cursor = "e1-3", .session = word}, other());
  EXPECT_THAT(last.told(), ElementsAre("o e1-3 recovered"));
  EXPECT_EQ(last.session(), word);
  EXPECT_THAT(third.told(), ElementsAre("o e1-3 recovered", "e moved"));
  EXPECT_EQ(sessions(), 1U);
  pass(10s);
  EXPECT_THAT(first.told(), IsEmpty()) << "nothing more";
  EXPECT_THAT(edges(), ElementsAre("+ann")) << "it counted as one throughout";
}

TEST_P(PageTakeoverTest, of_a_stream_that_is_behind_ends_it_behind_a_whole_event) {
  start({}, GetParam());
  const std::string ann = token("ann");
  HttpPage& behind = stream({.token = ann}, 0, HttpPage::Pipe::narrow);
  for (int i = 0; i < 50; ++i) send("ann", std::string(1'000, 'x'));
  turn();
  Browser& next = socket({.token = ann, .cursor = "e1-0", .session = behind.session()}, other());
  EXPECT_EQ(drained(next).size(), 51U);
  std::vector<std::string> told;
  while (told.empty() || told.back() != "end") {
    for (std::string& one : behind.told()) told.push_back(std::move(one));
    turn();
  }
  EXPECT_LT(told.size(), 30U);
  EXPECT_EQ(told.at(told.size() - 2), "e moved");
}

TEST_P(PageTakeoverTest, leaves_the_page_the_time_for_its_next_poll) {
  start_without_grace();
  const std::string ann = token("ann");
  Browser& first = socket({.token = ann});
  send("ann", "x");
  turn();
  EXPECT_THAT(first.told(), ElementsAre("o e1-0 recovered", "m2 x"));
  HttpPage& polling = http(other());
  polling.ask("/poll", {.token = ann, .cursor = "e1-0", .session = first.session()});
  // It has its answer before the other loop comes to end what carried the session until then.
  loops_[other()].context().poll();
  turn();
  EXPECT_THAT(polling.told(), ElementsAre("o e1-0 recovered", "m2 x"));
  EXPECT_THAT(first.told(), ElementsAre("e moved", "close 4411"));
  pass(4'999ms);
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  pass(1ms);
  EXPECT_THAT(edges(), ElementsAre("-ann"));
}

TEST_P(PageTakeoverTest, answers_the_first_of_two_polls_that_name_one_session) {
  start({}, GetParam());
  const std::string ann = token("ann");
  HttpPage& first = http();
  EXPECT_THAT(polled(first, {.token = ann}), ElementsAre("o e1-0 recovered"));
  const Asking asking{.token = ann, .cursor = "e1-0", .session = first.session()};
  first.ask("/poll", asking);
  turn();
  HttpPage& second = held(asking, other());
  EXPECT_THAT(first.told(), ElementsAre("o e1-0 recovered", "e moved"));
  send("ann", "x");
  turn();
  EXPECT_THAT(second.told(), ElementsAre("o e1-0 recovered", "m2 x"));
  EXPECT_THAT(first.told(), IsEmpty());
  EXPECT_THAT(edges(), ElementsAre("+ann"));
}

TEST_P(PageTakeoverTest, knows_a_poll_without_a_word_by_its_token) {
  start({}, GetParam());
  const std::string ann = token("ann");
  const Asking asking{.token = ann, .cursor = "e1-0"};
  HttpPage& first = held(asking);
  HttpPage& another = held({.token = token("ann"), .cursor = "e1-0"});
  HttpPage& listening = stream({.token = ann});
  HttpPage& second = held(asking, other());
  EXPECT_THAT(first.told(), ElementsAre("o e1-0 recovered", "e moved"));
  EXPECT_THAT(another.told(), IsEmpty()) << "of another token";
  EXPECT_THAT(listening.told(), IsEmpty()) << "no poll";
  EXPECT_THAT(second.told(), IsEmpty());
  EXPECT_EQ(sessions(), 3U);
}

// A backend that signs for itself may leave the id of a token away.
TEST_P(PageTakeoverTest, tells_tokens_without_an_id_apart_by_what_they_say) {
  start({}, GetParam());
  const auto signed_until = [&](std::chrono::minutes end) {
    return test_tokens().sign({.client_id = *ClientId::parse("ann"),
                               .issued_at = clock_.wall(),
                               .expires_at = clock_.wall() + end,
                               .id = {}});
  };
  HttpPage& first = held({.token = signed_until(60min), .cursor = "e1-0"});
  held({.token = signed_until(61min), .cursor = "e1-0"}, other());
  EXPECT_THAT(first.told(), IsEmpty());
  held({.token = signed_until(60min), .cursor = "e1-0"}, other());
  EXPECT_THAT(first.told(), ElementsAre("o e1-0 recovered", "e moved"));
}

TEST_P(PageTakeoverTest, takes_nobody_over_with_an_empty_word) {
  start({}, GetParam());
  const Asking asking{.token = token("ann"), .cursor = "e1-0", .session = ""};
  HttpPage& first = held(asking);
  HttpPage& second = held(asking, other());
  EXPECT_EQ(sessions(), 2U);
  send("ann", "x");
  turn();
  EXPECT_THAT(first.told(), ElementsAre("o e1-0 recovered", "m2 x"));
  EXPECT_THAT(second.told(), ElementsAre("o e1-0 recovered", "m2 x"));
  EXPECT_NE(first.session(), second.session());
}

TEST_P(PageTakeoverTest, of_another_clients_session_does_not_happen) {
  start({}, GetParam());
  Browser& ann = socket({.token = token("ann")});
  ann.told();
  std::vector<std::string> places{"e1-0"};
  for (std::size_t loop = 0; loop < GetParam(); ++loop) {
    const std::string place = places.back();
    HttpPage& bob =
        stream({.token = token("bob"), .cursor = place, .session = ann.session()}, loop);
    EXPECT_EQ(bob.session() == ann.session(), loop > 0) << "words are of a loop";
    HttpPage& poll = held({.token = token("cid"), .cursor = place, .session = ann.session()}, loop);
    places.push_back(broadcast("x").cursor.text());
    turn();
    EXPECT_EQ(poll.told().size(), 2U);
    EXPECT_EQ(bob.told().size(), 1U);
  }
  EXPECT_EQ(ann.told().size(), GetParam());
  // Both go on under what they were called last.
  Browser& again = socket({.token = token("ann"), .cursor = places[1], .session = ann.session()});
  EXPECT_EQ(again.told().size(), GetParam());
  EXPECT_EQ(again.session(), ann.session());
  EXPECT_THAT(ann.told(), ElementsAre("e moved", "close 4411"));
}

TEST_P(PageTakeoverTest, keeps_a_word_that_nobody_has) {
  start({}, GetParam());
  for (const char* word : {"0", "1", "zzz", "1y2p0ij32e8e7"}) {
    HttpPage& page = stream({.token = token("ann"), .cursor = "e1-0", .session = word});
    EXPECT_EQ(page.session(), word);
  }
  EXPECT_EQ(sessions(), 4U);
}

TEST_P(PageTakeoverTest, gives_a_word_to_a_page_whose_own_is_none) {
  start({}, GetParam());
  for (const char* word : {"", "00", "A", "-1", "1y2p0ij32e8e8", "zzzzzzzzzzzzzz", "a b"}) {
    HttpPage& page = stream({.token = token("ann"), .cursor = "e1-0", .session = word});
    EXPECT_NE(page.session(), word);
    EXPECT_FALSE(page.session().empty());
  }
}

TEST_P(PageTakeoverTest, leaves_a_newer_page_alone) {
  start({}, GetParam());
  const Asking asking{.token = token("ann"), .cursor = "e1-0", .session = "word"};
  const std::string opening = net::masked_frame("t" + asking.json());
  // Opened as they are taken in; what each has to say to other loops is under way.
  Browser stale(loop_hub(), Browser::Pipe::wide, opening);
  Browser newer(loop_hub(other()), Browser::Pipe::wide, opening);
  turn();
  EXPECT_THAT(stale.told(), ElementsAre("o e1-0 recovered", "e moved", "close 4411"));
  EXPECT_THAT(newer.told(), ElementsAre("o e1-0 recovered"));
  EXPECT_EQ(newer.session(), "word");
  EXPECT_EQ(sessions(), 1U);
  EXPECT_THAT(edges(), ElementsAre("+ann"));
}

TEST_P(PageTakeoverTest, may_happen_to_one_that_is_being_taken_over) {
  start({}, GetParam());
  const Asking asking{.token = token("ann"), .cursor = "e1-0", .session = "word"};
  std::vector<HttpPage*> all;
  for (std::size_t i = 0; i < 20; ++i) {
    all.push_back(&http(i % GetParam()));
    all.back()->ask(i % 3 == 0 ? "/sse" : "/poll", asking);
  }
  turn();
  EXPECT_EQ(sessions(), 1U);
  send("ann", "x");
  turn();
  std::size_t heard = 0;
  for (HttpPage* page : all) {
    for (const std::string& told : page->told()) heard += told == "m2 x" ? 1 : 0;
  }
  EXPECT_EQ(heard, 1U);
  EXPECT_THAT(edges(), ElementsAre("+ann"));
}

// Its words are not the page's: whoever has them has the token as well.
TEST_P(PageTakeoverTest, gives_an_unheard_message_to_the_new_page) {
  start({}, GetParam());
  const std::string ann = token("ann");
  HttpPage& first = stream({.token = ann});
  send("ann", "x");
  const Asking asking{.token = ann, .cursor = "e1-0", .session = first.session()};
  HttpPage& second = http(other());
  second.ask("/poll", asking);
  turn();
  EXPECT_THAT(second.told(), ElementsAre("o e1-0 recovered", "m2 x"));
}

}  // namespace
}  // namespace tayori::hub
