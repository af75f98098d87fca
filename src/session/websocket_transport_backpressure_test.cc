#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "session/websocket_transport_fixture.h"

namespace tayori::session {
namespace {

using net::Opcode;
using testing::ElementsAre;
using testing::IsEmpty;
using Pipe = BrowserEnd::Pipe;

class WebSocketBackpressureTest : public WebSocketTransportTest {
 protected:
  /// Leaves the pipe full and `outbox_` with messages of 1,000 bytes behind it.
  void block() {
    open_narrow();
    push(40, 1'000);
    ASSERT_GT(outbox_.bytes(), 10'000U);
  }

  static std::vector<std::string> pongs(const std::vector<BrowserFrame>& frames) {
    std::vector<std::string> data;
    for (const BrowserFrame& frame : frames) {
      if (frame.opcode == Opcode::pong) data.push_back(frame.data);
    }
    return data;
  }
};

TEST_F(WebSocketBackpressureTest, waits_for_a_page_that_does_not_read_and_tells_of_room) {
  block();
  const std::size_t left = outbox_.bytes();
  turn();
  EXPECT_EQ(heard_.rooms, 0);
  transport_->flush(outbox_);
  EXPECT_EQ(outbox_.bytes(), left) << "a blocked transport does not try again";
  browser_->read();
  turn();
  EXPECT_EQ(heard_.rooms, 1);
  transport_->flush(outbox_);
  EXPECT_LT(outbox_.bytes(), left);
}

TEST_F(WebSocketBackpressureTest, loses_and_repeats_nothing_through_a_narrow_pipe) {
  block();
  const auto frames = drain();
  ASSERT_EQ(frames.size(), 40U);
  for (std::uint64_t i = 0; i < frames.size(); ++i) {
    EXPECT_EQ(frames[i].data, Envelope::message({i + 1}, std::string(1'000, 'x'))->text());
  }
  EXPECT_TRUE(outbox_.empty());
}

TEST_F(WebSocketBackpressureTest, answers_a_ping_though_the_outbox_refuses_messages) {
  outbox_ = Outbox(20'000);
  open_narrow();
  push(15, 1'000);
  while (outbox_.push(Envelope::message({1}, std::string(1'000, 'x'))) == Outbox::Push::accepted) {
  }
  browser_->ping("alive?");
  turn();
  EXPECT_THAT(pongs(drain()), ElementsAre("alive?"));
}

TEST_F(WebSocketBackpressureTest, holds_one_pong_however_many_pings_come) {
  block();
  const std::size_t before = outbox_.bytes();
  std::string pings;
  for (int i = 0; i < 1'000; ++i) {
    pings += BrowserEnd::masked(Opcode::ping, std::string(125, 'p'));
  }
  browser_->write(pings);
  turn();
  EXPECT_EQ(outbox_.bytes(), before + 127);
}

TEST_F(WebSocketBackpressureTest, answers_the_newest_of_the_pings_that_came_meanwhile) {
  block();
  for (const char* data : {"1", "2", "3"}) browser_->ping(data);
  turn();
  const auto answers = pongs(drain());
  ASSERT_THAT(answers, testing::Not(IsEmpty()));
  EXPECT_EQ(answers.back(), "3") << "RFC 6455 section 5.5.3: older ones may be left out";
  browser_->ping("4");
  turn();
  EXPECT_THAT(pongs(drain()), ElementsAre("4"));
}

TEST_F(WebSocketBackpressureTest, answers_every_ping_of_a_page_that_is_never_quite_up_to_date) {
  block();
  for (const char* data : {"1", "2", "3", "4"}) {
    browser_->ping(data);
    turn();
    std::vector<std::string> answers;
    // The page reads, but as fast as it does, more comes.
    for (int i = 0; i < 50 && answers.empty(); ++i) {
      browser_->read();
      answers = pongs(browser_->read_frames());
      turn();
      push(static_cast<int>(40 - outbox_.bytes() / 1'000), 1'000);
      ASSERT_FALSE(outbox_.empty());
    }
    EXPECT_THAT(answers, ElementsAre(data));
  }
}

TEST_F(WebSocketBackpressureTest, ends_behind_the_frame_that_is_half_sent) {
  block();
  transport_->end(outbox_, ErrorCode::too_slow);
  const auto frames = drain();
  EXPECT_LT(frames.size(), 40U) << "what waited is left to the log";
  expect_ended(frames, ErrorCode::too_slow);
  for (std::size_t i = 0; i + 2 < frames.size(); ++i) EXPECT_EQ(frames[i].data.size(), 1'003U) << i;
  EXPECT_EQ(browser_->unread(), 0U);
  EXPECT_EQ(browser_->end(), BrowserEnd::End::orderly);
}

TEST_F(WebSocketBackpressureTest, tells_why_it_ends_however_much_was_queued_in_that_turn) {
  open_narrow();
  for (int i = 0; i < 10'000; ++i) {
    ASSERT_EQ(outbox_.push(Envelope::message({1}, "hello")), Outbox::Push::accepted);
  }
  transport_->end(outbox_, ErrorCode::too_slow);
  expect_ended(drain(), ErrorCode::too_slow);
  EXPECT_EQ(browser_->end(), BrowserEnd::End::orderly);
}

TEST_F(WebSocketBackpressureTest, ends_in_order_however_much_was_queued_in_that_turn) {
  open_narrow();
  for (int i = 0; i < 10'000; ++i) {
    ASSERT_EQ(outbox_.push(Envelope::message({1}, "hello")), Outbox::Push::accepted);
  }
  transport_->end_in_order(outbox_);
  const auto frames = drain();
  ASSERT_FALSE(frames.empty());
  EXPECT_EQ(frames.back().opcode, Opcode::close);
  EXPECT_EQ(frames.back().close_code(), 1000);
}

TEST_F(WebSocketBackpressureTest, copies_no_more_than_a_frame_for_a_page_that_is_ended) {
  open_narrow();
  for (int i = 0; i < 60; ++i) {
    const auto message = Envelope::message({1}, std::string(10'000, 'x'));
    ASSERT_EQ(outbox_.push(message), Outbox::Push::accepted);
  }
  transport_->end(outbox_, ErrorCode::too_slow);
  const auto frames = drain();
  EXPECT_LT(frames.size(), 20U) << "what the page did not take at once is left to the log";
  expect_ended(frames, ErrorCode::too_slow);
}

TEST_F(WebSocketBackpressureTest, does_not_wait_longer_for_a_page_that_never_reads) {
  block();
  transport_->end(outbox_, ErrorCode::too_slow);
  clock_.advance(net::WebSocketConnection::kLinger);
  loop_.sweep_now();
  turn();
  EXPECT_EQ(loop_.traffic().websockets_open.value(), 0U);
}

TEST_F(WebSocketBackpressureTest, does_not_answer_a_close_in_the_middle_of_a_frame) {
  block();
  browser_->close(1000);
  turn();
  EXPECT_THAT(heard_.departures, ElementsAre(Departure::closed));
  for (const BrowserFrame& frame : browser_->frames()) {
    EXPECT_EQ(frame.opcode, Opcode::text);
    EXPECT_EQ(frame.data.size(), 1'003U);
  }
}

TEST_F(WebSocketBackpressureTest, notices_that_a_page_it_waited_for_is_gone) {
  block();
  browser_->hang_up();
  turn();
  EXPECT_THAT(heard_.departures, ElementsAre(Departure::lost));
  transport_->flush(outbox_);
  transport_->end(outbox_, ErrorCode::too_slow);
  turn();
  EXPECT_EQ(heard_.departures.size(), 1U);
  EXPECT_EQ(loop_.traffic().websockets_open.value(), 0U);
}

TEST_F(WebSocketTransportTest, tells_a_tcp_page_that_is_still_sending_why_it_ends) {
  open(Pipe::tcp);
  heard_.answer = [this] { transport_->end(outbox_, ErrorCode::invalid_token); };
  // More than the server reads in one turn: closing the socket upon that would reset the
  // connection, and take the reason with it.
  browser_->say("h");
  browser_->write(BrowserEnd::masked(Opcode::text, std::string(200'000, 'x')));
  std::vector<BrowserFrame> frames;
  while (browser_->end() == BrowserEnd::End::none) {
    turn();
    browser_->read();
  }
  EXPECT_EQ(browser_->end(), BrowserEnd::End::orderly);
  expect_ended(browser_->read_frames(), ErrorCode::invalid_token);
}

}  // namespace
}  // namespace tayori::session
