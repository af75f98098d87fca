// Sessions as they come, renew, run out and go, over real sockets.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "running_server.h"
#include "websocket_page.h"

namespace tayori::wire {
namespace {

using std::chrono::seconds;
using std::chrono::system_clock;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::HasSubstr;

TEST(Sessions, open_with_a_token_and_get_what_was_sent_since_it_was_made) {
  RunningServer server;
  server.send("ann", "before");
  const std::string token = server.token("ann");
  server.send("ann", "one");
  server.send("bob", "not hers");
  server.server().broadcast(*Payload::parse("two"));
  WebSocketPage page(server.public_port());
  const std::string opened = page.open(token);
  EXPECT_THAT(opened, HasSubstr("\"recovered\":true"));
  EXPECT_THAT(opened, HasSubstr("\"expires_in_s\":7"));
  server.send("ann", "three");
  for (const char* text : {"one", "two", "three"}) EXPECT_EQ(page.next_message().data, text);
}

TEST(Sessions, carry_every_byte_of_a_message) {
  RunningServer server;
  WebSocketPage page(server.public_port());
  page.open(server.token("ann"));
  std::string control;
  for (char c = 1; c < 0x20; ++c) control += c;
  const std::vector<std::string> messages{"x", "\n", control + "便\xf0\x9f\x98\x80",
                                          std::string("a\0b", 3), std::string(32'767, 'x')};
  for (const std::string& text : messages) server.send("ann", text);
  for (const std::string& text : messages) EXPECT_EQ(page.next_message().data, text);
}

TEST(Sessions, leave_none_behind_after_a_thousand_opens_and_closes) {
  RunningServer server;
  for (int i = 0; i < 1'000; ++i) {
    WebSocketPage page(server.public_port());
    page.open(server.token("client " + std::to_string(i % 10)));
    switch (i % 4) {
      case 0:
        page.say("c");
        EXPECT_EQ(page.next_text(), "close 1000");
        break;
      case 1:
        page.send_bytes(net::masked_frame("\x03\xe9", {.opcode = 8}));
        EXPECT_EQ(page.next_text(), "close 1001");
        break;
      case 2: page.peer().reset(); break;
      default: break;
    }
  }
  EXPECT_TRUE(server.until_metric("tayori_sessions", "0"));
  EXPECT_TRUE(server.until_metric("tayori_connections", "1"));
  EXPECT_EQ(server.metric("tayori_sessions_opened_total"), "1000");
}

TEST(Sessions, of_one_client_on_both_loops_get_everything_each_in_order) {
  RunningServer server;
  const std::string token = server.token("ann");
  // The kernel picks the loop by the peer's port: among so many, both are picked.
  constexpr int kPages = 24;
  std::vector<std::unique_ptr<WebSocketPage>> pages;
  for (int i = 0; i < kPages; ++i) {
    pages.push_back(std::make_unique<WebSocketPage>(server.public_port()));
    pages.back()->open(token);
  }
  constexpr int kMessages = 200;
  for (int i = 0; i < kMessages; ++i) server.send("ann", std::to_string(i));
  for (auto& page : pages) {
    std::uint64_t last = 0;
    for (int i = 0; i < kMessages; ++i) {
      const Message message = page->next_message();
      ASSERT_EQ(message.data, std::to_string(i));
      ASSERT_GT(message.sequence, last);
      last = message.sequence;
    }
  }
}

TEST(Sessions, go_on_from_their_cursor_on_another_connection) {
  RunningServer server;
  const std::string token = server.token("ann");
  std::string epoch;
  std::uint64_t last = 0;
  {
    WebSocketPage page(server.public_port());
    const std::string opened = page.open(token);
    const std::size_t at = opened.find("\"cursor\":\"") + 10;
    epoch = opened.substr(at, opened.find('-', at) - at);
    for (int i = 0; i < 10; ++i) server.send("ann", std::to_string(i));
    for (int i = 0; i < 5; ++i) last = page.next_message().sequence;
    page.peer().reset();
  }
  WebSocketPage again(server.public_port());
  again.open(token, epoch + "-" + to_base36({last}));
  for (int i = 5; i < 10; ++i) EXPECT_EQ(again.next_message().data, std::to_string(i));
}

TEST(Sessions, whose_place_is_of_another_log_are_told_of_the_gap) {
  RunningServer server;
  server.send("ann", "held");
  WebSocketPage page(server.public_port());
  EXPECT_THAT(page.open(server.token("ann"), "another-5"), HasSubstr("\"recovered\":false"));
  EXPECT_THAT(page.next_text(), testing::StartsWith("g{\"from\":\"another-5\",\"to\":\""));
  EXPECT_EQ(page.next_message().data, "held");
}

TEST(Sessions, close_in_order_when_the_page_says_so) {
  RunningServer server;
  WebSocketPage page(server.public_port());
  page.open(server.token("ann"));
  page.say("c");
  EXPECT_THAT(page.rest(), ElementsAre("close 1000", "end"));
  EXPECT_TRUE(server.until_metric("tayori_clients_present", "0"));
}

TEST(Renewal, is_answered_and_repeats_nothing) {
  RunningServer server;
  WebSocketPage page(server.public_port());
  page.open(RunningServer::token_until("ann", system_clock::now() + seconds{100}));
  server.send("ann", "one");
  const Message one = page.next_message();
  page.say(WebSocketPage::token_frame(server.token("ann")));
  const std::string renewed = page.next_text();
  EXPECT_THAT(renewed, HasSubstr("-" + to_base36({one.sequence}) + "\""));
  EXPECT_THAT(renewed, HasSubstr("\"recovered\":true"));
  EXPECT_THAT(renewed, HasSubstr("\"expires_in_s\":7200"));
  server.send("ann", "two");
  EXPECT_EQ(page.next_message().data, "two");
  EXPECT_EQ(server.metric("tayori_sessions_opened_total"), "1");
}

TEST(Renewal, with_another_clients_token_ends_the_session) {
  RunningServer server;
  WebSocketPage page(server.public_port());
  page.open(server.token("ann"));
  page.say(WebSocketPage::token_frame(server.token("bob")));
  EXPECT_THAT(page.rest(), ElementsAreArray(ended_for(ErrorCode::invalid_token)));
}

TEST(Renewal, with_a_bad_token_ends_the_session) {
  RunningServer server;
  for (const bool is_spent : {false, true}) {
    WebSocketPage page(server.public_port());
    page.open(server.token("ann"));
    page.say(WebSocketPage::token_frame(
        is_spent ? RunningServer::token_until("ann", system_clock::now() - seconds{1})
                 : "nonsense"));
    EXPECT_THAT(page.rest(), ElementsAreArray(ended_for(is_spent ? ErrorCode::token_timed_out
                                                                 : ErrorCode::invalid_token)));
  }
}

TEST(Expiry, ends_the_session_that_did_not_renew_and_no_other) {
  RunningServer server;
  const std::string token = RunningServer::token_until("ann", system_clock::now() + seconds{2});
  WebSocketPage forgetful(server.public_port());
  WebSocketPage mindful(server.public_port());
  forgetful.open(token);
  mindful.open(token);
  mindful.say(WebSocketPage::token_frame(server.token("ann")));
  EXPECT_EQ(mindful.next_text().substr(0, 1), "o");
  EXPECT_THAT(forgetful.rest(), ElementsAreArray(ended_for(ErrorCode::token_timed_out)));
  server.send("ann", "still here");
  EXPECT_EQ(mindful.next_message().data, "still here");
}

TEST(Expiry, keeps_a_spent_token_from_opening) {
  RunningServer server;
  WebSocketPage page(server.public_port());
  page.say(WebSocketPage::token_frame(
      RunningServer::token_until("ann", system_clock::now() - seconds{1})));
  EXPECT_THAT(page.rest(), ElementsAreArray(ended_for(ErrorCode::token_timed_out)));
}

}  // namespace
}  // namespace tayori::wire
