// Sends that wait for a page to say that it has handled them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "hub/listener.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class PageConfirmTest : public HubCallsTest {
 protected:
  /// Sends `data` to ann and waits 10 s; verdicts() then has the answer.
  Sequence send_waiting(std::string data) {
    const std::size_t place = verdicts_.size();
    verdicts_.emplace_back("waits");
    const Sequence number = {
        hub_->history(broker::Topic::of(client("ann")), {}, 1'000).cursor.sequence.next()};
    hub_->publish({.topic = broker::Topic::of(client("ann")),
                   .message = *Payload::parse(std::move(data)),
                   .wait = 10s},
                  [this, place](const Result<Sent>& sent) {
                    EXPECT_EQ(verdicts_[place], "waits") << "answered twice";
                    verdicts_[place] = word(*sent->verdict);
                  });
    return number;
  }
  [[nodiscard]] const std::vector<std::string>& verdicts() const { return verdicts_; }

 private:
  std::vector<std::string> verdicts_;
};

class SocketConfirmTest : public PageConfirmTest,
                          public testing::WithParamInterface<Listener::By> {};
INSTANTIATE_TEST_SUITE_P(By, SocketConfirmTest,
                         testing::Values(Listener::By::socket, Listener::By::shared_socket),
                         transport_word);

TEST_P(SocketConfirmTest, asks_and_is_answered) {
  start({}, 2);
  Listener page = listen(GetParam(), {.token = token("ann")}, 1);
  const Sequence number = send_waiting("x");
  EXPECT_THAT(heard(page), ElementsAre("x", "a"));
  page.say("a" + to_base36({number.value - 1}));
  turn();
  EXPECT_THAT(verdicts(), ElementsAre("waits")) << "it has not come so far";
  page.say("a" + to_base36(number));
  turn();
  EXPECT_THAT(verdicts(), ElementsAre("delivered"));
}

TEST_P(SocketConfirmTest, answers_all_up_to_where_the_page_is) {
  start();
  Listener page = listen(GetParam(), {.token = token("ann")});
  const Sequence first = send_waiting("1");
  const Sequence second = send_waiting("2");
  send_waiting("3");
  EXPECT_THAT(heard(page), ElementsAre("1", "2", "3", "a", "a", "a"));
  page.say("a" + to_base36(first));
  turn();
  EXPECT_THAT(verdicts(), ElementsAre("delivered", "waits", "waits"));
  page.say("a" + to_base36(second));
  turn();
  EXPECT_THAT(verdicts(), ElementsAre("delivered", "delivered", "waits"));
  pass(10s);
  EXPECT_THAT(verdicts(), ElementsAre("delivered", "delivered", "queued"));
}

TEST_P(SocketConfirmTest, takes_no_more_than_the_page_was_handed) {
  start();
  Listener other = listen(By::poll, {.token = token("ann")});
  const std::string older = token("ann");
  for (int i = 0; i < 900; ++i) send("ann", std::string(1'000, 'x'));
  Listener page = arrive(GetParam(), {.token = older}, 0, Pipe::narrow);
  send_waiting("last");
  page.say("azzzzzz");
  turn();
  EXPECT_THAT(verdicts(), ElementsAre("waits")) << "it is behind";
  const auto told = heard(page);
  ASSERT_EQ(told.size(), 902U);
  EXPECT_EQ(told[900], "last");
  EXPECT_EQ(told[901], "a");
  page.say("azzzzzz");
  turn();
  EXPECT_THAT(verdicts(), ElementsAre("delivered"));
}

TEST_P(SocketConfirmTest, refuses_an_answer_before_the_token) {
  start();
  Browser& page = GetParam() == By::socket ? connect() : connect_shared();
  page.say("a1");
  turn();
  ASSERT_FALSE(drained(page).empty());
  EXPECT_EQ(page.description(), facts(ErrorCode::protocol_error).description);
}

TEST_P(SocketConfirmTest, asks_a_page_that_opens_later) {
  start();
  Listener first = listen(GetParam(), {.token = token("ann")});
  const std::string older = token("ann");
  const Sequence number = send_waiting("x");
  EXPECT_THAT(heard(first), ElementsAre("x", "a")) << "and says nothing";
  Listener second = arrive(GetParam(), {.token = older});
  EXPECT_THAT(heard(second), ElementsAre("x", "a"));
  second.say("a" + to_base36(number));
  turn();
  EXPECT_THAT(verdicts(), ElementsAre("delivered"));
}

TEST_P(SocketConfirmTest, knows_of_one_that_comes_back_by_its_cursor) {
  start();
  Listener page = listen(GetParam(), {.token = token("ann")});
  send_waiting("x");
  EXPECT_THAT(heard(page), ElementsAre("x", "a"));
  page.hang_up();
  turn();
  EXPECT_THAT(verdicts(), ElementsAre("waits"));
  Listener again = arrive(GetParam(), page.next());
  EXPECT_THAT(heard(again), IsEmpty());
  EXPECT_THAT(verdicts(), ElementsAre("delivered"));
}

TEST_F(PageConfirmTest, knows_of_a_poll_by_its_next_cursor) {
  start({}, 2);
  const std::string ann = token("ann");
  HttpPage& page = http(1);
  polled(page, {.token = ann});
  page.ask("/poll", {.token = ann, .cursor = page.cursor(), .session = page.session()});
  turn();
  send_waiting("x");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("o e1-0 recovered", "m2 x"));
  EXPECT_THAT(verdicts(), ElementsAre("waits"));
  page.ask("/poll", {.token = ann, .cursor = page.cursor(), .session = page.session()});
  turn();
  EXPECT_THAT(verdicts(), ElementsAre("delivered"));
}

TEST_F(PageConfirmTest, asks_a_stream_that_answers_beside_it) {
  start({}, 2);
  const std::string ann = token("ann");
  HttpPage& page = stream({.token = ann}, 1);
  send_waiting("x");
  turn();
  EXPECT_THAT(page.told(), ElementsAre("m2 x", "a"));
  HttpPage& beside = http(0);
  for (const char* cursor : {"e1-1", "e1-3", "e1-zzzz", "e0-2"}) {
    EXPECT_THAT((beside.ask("/ack", {.token = ann, .cursor = cursor}), turn(), beside.told()),
                ElementsAre("204"));
    EXPECT_THAT(verdicts(), ElementsAre("waits")) << cursor;
  }
  beside.ask("/ack", {.token = ann, .cursor = "e1-2"});
  turn();
  EXPECT_THAT(beside.told(), ElementsAre("204"));
  EXPECT_THAT(verdicts(), ElementsAre("delivered"));
}

TEST_F(PageConfirmTest, counts_no_page_of_another) {
  start();
  Listener ann = listen(By::socket, {.token = token("ann")});
  Listener bob = listen(By::socket, {.token = token("bob")});
  send_waiting("x");
  broadcast("y");
  EXPECT_THAT(heard(bob), ElementsAre("y"));
  bob.say("azz");
  turn();
  EXPECT_THAT(verdicts(), ElementsAre("waits"));
}

TEST_F(PageConfirmTest, says_at_once_that_nobody_is_there) {
  start();
  send_waiting("x");
  EXPECT_THAT(verdicts(), ElementsAre("no_session"));
}

TEST_F(PageConfirmTest, says_in_the_end_whether_a_page_is_there) {
  start();
  Listener ann = listen(By::socket, {.token = token("ann")});
  send_waiting("1");
  pass(9'999ms);
  EXPECT_THAT(verdicts(), ElementsAre("waits"));
  pass(1ms);
  EXPECT_THAT(verdicts(), ElementsAre("queued"));
  send_waiting("2");
  disconnect("ann");
  turn();
  pass(10s);
  EXPECT_THAT(verdicts(), ElementsAre("queued", "no_session"));
}

TEST_F(PageConfirmTest, answers_who_waits_when_the_server_drains) {
  start({}, 2);
  Listener ann = listen(By::socket, {.token = token("ann")}, 1);
  send_waiting("x");
  turn();
  for (const auto& loop : hub_->loops()) loop->drain();
  EXPECT_THAT(verdicts(), ElementsAre("queued"));
  send_waiting("y");
  EXPECT_THAT(verdicts(), ElementsAre("queued", "queued")) << "nobody will come to confirm it";
}

}  // namespace
}  // namespace tayori::hub
