#include "session/websocket_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "session/websocket_transport_fixture.h"

namespace tayori::session {
namespace {

using net::Opcode;
using testing::ElementsAre;
using testing::IsEmpty;
using Pipe = BrowserEnd::Pipe;

TEST_F(WebSocketTransportTest, hands_the_pages_frames_up) {
  open();
  browser_->say(R"(t{"token":"a","cursor":"e-1"})");
  browser_->say("h");
  browser_->say("c");
  turn();
  ASSERT_EQ(heard_.frames.size(), 3U);
  EXPECT_EQ(heard_.frames[0].opening.token, "a");
  EXPECT_EQ(heard_.frames[1].kind, PageFrame::Kind::heartbeat);
  EXPECT_EQ(heard_.frames[2].kind, PageFrame::Kind::close);
}

TEST_F(WebSocketTransportTest, hands_up_what_came_behind_the_upgrade_request) {
  open(Pipe::stream, false, BrowserEnd::masked(Opcode::text, "h"));
  EXPECT_EQ(heard_.frames.size(), 1U);
}

TEST_F(WebSocketTransportTest, sends_all_that_is_ready_in_one_write) {
  open(Pipe::packets);
  push(64);
  EXPECT_EQ(browser_->texts().size(), 64U);
  EXPECT_EQ(browser_->writes(), 1U);
}

TEST_F(WebSocketTransportTest, takes_one_write_more_for_every_64_frames) {
  open(Pipe::packets);
  push(129);
  EXPECT_EQ(browser_->texts().size(), 129U);
  EXPECT_EQ(browser_->writes(), 3U);
}

TEST_F(WebSocketTransportTest, writes_nothing_when_nothing_waits) {
  open(Pipe::packets);
  transport_->flush(outbox_);
  EXPECT_EQ(browser_->read(), 0U);
  EXPECT_FALSE(transport_->take_sent());
}

TEST_F(WebSocketTransportTest, tells_once_whether_something_was_sent_or_heard) {
  open();
  EXPECT_TRUE(transport_->take_heard()) << "the connection itself was heard";
  EXPECT_FALSE(transport_->take_heard());
  EXPECT_FALSE(transport_->take_sent());
  push(1);
  EXPECT_TRUE(transport_->take_sent());
  EXPECT_FALSE(transport_->take_sent());
  browser_->ping("");
  turn();
  EXPECT_TRUE(transport_->take_heard());
}

TEST_F(WebSocketTransportTest, answers_a_ping_with_its_own_data) {
  open();
  browser_->ping("abc");
  turn();
  EXPECT_THAT(browser_->frames(), ElementsAre(BrowserFrame{Opcode::pong, "abc"}));
  browser_->ping("def");
  turn();
  EXPECT_THAT(browser_->frames(), ElementsAre(BrowserFrame{Opcode::pong, "def"}));
}

TEST_F(WebSocketTransportTest, ends_with_the_error_and_then_a_close) {
  open();
  push(2);
  transport_->end(outbox_, ErrorCode::token_timed_out);
  const auto frames = browser_->frames();
  ASSERT_EQ(frames.size(), 4U);
  expect_ended(frames, ErrorCode::token_timed_out);
  EXPECT_EQ(browser_->end(), BrowserEnd::End::orderly);
}

TEST_F(WebSocketTransportTest, answers_the_pages_c_with_a_plain_close) {
  open();
  heard_.answer = [this] { transport_->end_in_order(outbox_); };
  push(1);
  browser_->say("c");
  turn();
  const auto frames = browser_->frames();
  ASSERT_EQ(frames.size(), 2U);
  EXPECT_EQ(frames[1].opcode, Opcode::close);
  EXPECT_EQ(frames[1].close_code(), 1000);
  EXPECT_THAT(heard_.departures, IsEmpty()) << "its owner knows already";
}

TEST_F(WebSocketTransportTest, answers_a_close_frame_with_its_code) {
  for (const int code : {1000, 1001, 3000, 4999}) {
    open();
    heard_.departures.clear();
    browser_->close(static_cast<std::uint16_t>(code));
    turn();
    const auto frames = browser_->frames();
    ASSERT_EQ(frames.size(), 1U) << code;
    EXPECT_EQ(frames[0].close_code(), code);
    EXPECT_EQ(browser_->end(), BrowserEnd::End::orderly) << "the server cuts first (7.1.1)";
    const bool is_orderly = code == 1000 || code == 1001;
    EXPECT_THAT(heard_.departures, ElementsAre(is_orderly ? Departure::closed : Departure::lost));
  }
}

TEST_F(WebSocketTransportTest, takes_an_end_without_a_word_for_a_loss) {
  open();
  browser_->hang_up();
  turn();
  EXPECT_THAT(heard_.departures, ElementsAre(Departure::lost));
}

TEST_F(WebSocketTransportTest, reads_what_came_before_the_connection_ended) {
  open();
  browser_->say("h");
  browser_->say("c");
  browser_->hang_up();
  turn();
  EXPECT_EQ(heard_.frames.size(), 2U);
}

TEST_F(WebSocketTransportTest, hears_no_text_after_it_has_ended) {
  open();
  heard_.answer = [this] { transport_->end(outbox_, ErrorCode::invalid_token); };
  browser_->say("h");
  browser_->say("h");
  turn();
  browser_->say("h");
  turn();
  EXPECT_EQ(heard_.frames.size(), 1U);
  expect_ended(browser_->frames(), ErrorCode::invalid_token);
}

TEST_F(WebSocketTransportTest, hears_no_text_after_the_pages_close_frame) {
  open();
  browser_->close(1000);
  browser_->say("h");
  turn();
  EXPECT_THAT(heard_.frames, IsEmpty());
  EXPECT_THAT(heard_.departures, ElementsAre(Departure::closed));
}

TEST_F(WebSocketTransportTest, closes_the_socket_once_the_page_has_closed_its_side) {
  open();
  transport_->end(outbox_, ErrorCode::invalid_token);
  turn();
  EXPECT_EQ(loop_.traffic().websockets_open.value(), 1U) << "the page's answer is awaited";
  browser_->hang_up();
  turn();
  EXPECT_EQ(loop_.traffic().websockets_open.value(), 0U);
}

TEST_F(WebSocketTransportTest, cuts_a_page_that_does_not_answer_the_close) {
  open();
  transport_->end(outbox_, ErrorCode::invalid_token);
  clock_.advance(std::chrono::seconds{4});
  loop_.sweep_now();
  turn();
  EXPECT_EQ(loop_.traffic().websockets_open.value(), 1U);
  clock_.advance(std::chrono::seconds{1});
  loop_.sweep_now();
  turn();
  EXPECT_EQ(loop_.traffic().websockets_open.value(), 0U);
}

TEST_F(WebSocketTransportTest, refuses_what_breaks_the_protocol) {
  struct Case {
    std::string bytes;
    ErrorCode code;
  };
  const std::vector<Case> cases{
      {BrowserEnd::masked(Opcode::text, "x"), ErrorCode::protocol_error},
      {BrowserEnd::masked(Opcode::text, "t{"), ErrorCode::invalid_json},
      {BrowserEnd::masked(Opcode::text, "\xFF"), ErrorCode::invalid_utf8},
      {BrowserEnd::masked(Opcode::binary, "h"), ErrorCode::protocol_error},
      {"\x81\x01h", ErrorCode::protocol_error},
      {BrowserEnd::masked(Opcode::text, std::string(kPageFrameBytes + 1, 'h')),
       ErrorCode::payload_too_large},
  };
  for (const Case& broken : cases) {
    open();
    heard_ = {};
    heard_.answer = [&] { transport_->end(outbox_, heard_.refused.front()); };
    browser_->write(broken.bytes);
    turn();
    EXPECT_THAT(heard_.refused, ElementsAre(broken.code));
    expect_ended(browser_->frames(), broken.code);
    EXPECT_THAT(heard_.departures, IsEmpty());
  }
}

TEST_F(WebSocketTransportTest, may_be_destroyed_at_any_time) {
  open();
  push(1);
  transport_.reset();
  turn();
  EXPECT_EQ(browser_->texts().size(), 1U);
  EXPECT_EQ(browser_->end(), BrowserEnd::End::orderly);
  EXPECT_EQ(loop_.traffic().websockets_open.value(), 0U);
  EXPECT_THAT(heard_.departures, IsEmpty());
}

}  // namespace
}  // namespace tayori::session
