#include "session/event_stream_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "session/event_stream.h"
#include "session/websocket_transport_fixture.h"

namespace tayori::session {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::EndsWith;
using testing::IsEmpty;
using testing::StartsWith;
using Pipe = BrowserEnd::Pipe;

class EventStreamTransportTest : public testing::Test {
 protected:
  void open(Pipe pipe = Pipe::stream, bool is_narrow = false) {
    browser_ = std::make_unique<BrowserEnd>(pipe);
    if (is_narrow) browser_->narrow();
    auto stream = std::make_shared<net::ResponseStream>(loop_, browser_->server_end(loop_), 50s);
    transport_ = std::make_unique<EventStreamTransport>(std::move(stream), heard_, outbox_);
    transport_->start();
  }
  /// Leaves the pipe full and `outbox_` with messages of 1,000 bytes behind it.
  void block() {
    open(Pipe::stream, true);
    for (int i = 0; i < 40; ++i) push(1'000);
    transport_->flush(outbox_);
    ASSERT_GT(outbox_.bytes(), 10'000U);
  }

  void turn() { loop_.context().poll(); }
  void push(std::size_t size = 10) {
    const Sequence number{++pushed_};
    ASSERT_EQ(outbox_.push(Envelope::raw(event(number, size), number)), Outbox::Push::accepted);
  }
  static std::string event(Sequence number, std::size_t size) {
    return event_of_message("e1", number, std::string(size, 'x'));
  }
  /// All that the page gets, while the transport goes on.
  std::string drained() {
    std::string all;
    for (std::string more = browser_->take_bytes(); !more.empty(); more = browser_->take_bytes()) {
      all += more;
      turn();
      transport_->flush(outbox_);
    }
    return all;
  }

  base::ManualClock clock_;
  net::Loop loop_{clock_};
  Heard heard_;
  Outbox outbox_{1'000'000'000};
  std::unique_ptr<BrowserEnd> browser_;
  std::unique_ptr<EventStreamTransport> transport_;
  std::uint64_t pushed_ = 0;
};

TEST_F(EventStreamTransportTest, sends_what_waits_in_its_order_and_in_one_write) {
  open(Pipe::packets);
  std::string expected;
  for (std::uint64_t i = 1; i <= 50; ++i) {
    push();
    expected += event({i}, 10);
  }
  transport_->flush(outbox_);
  EXPECT_EQ(browser_->take_bytes(), expected);
  EXPECT_EQ(browser_->writes(), 1U);
  EXPECT_TRUE(outbox_.empty());
}

TEST_F(EventStreamTransportTest, loses_and_repeats_nothing_through_a_narrow_pipe) {
  block();
  std::string expected;
  for (std::uint64_t i = 1; i <= 40; ++i) expected += event({i}, 1'000);
  EXPECT_EQ(drained(), expected);
  EXPECT_GT(heard_.rooms, 0);
}

TEST_F(EventStreamTransportTest, does_not_try_again_before_there_is_room) {
  block();
  const std::size_t left = outbox_.bytes();
  transport_->flush(outbox_);
  turn();
  EXPECT_EQ(outbox_.bytes(), left);
  EXPECT_EQ(heard_.rooms, 0);
  browser_->read();
  turn();
  EXPECT_EQ(heard_.rooms, 1);
}

TEST_F(EventStreamTransportTest, hears_of_a_page_that_it_owes_nothing) {
  open();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(transport_->take_heard());
}

TEST_F(EventStreamTransportTest, hears_of_a_page_as_far_as_it_takes_what_waits) {
  block();
  EXPECT_TRUE(transport_->take_heard()) << "it has just taken some";
  EXPECT_FALSE(transport_->take_heard());
  EXPECT_FALSE(transport_->take_heard());
  browser_->read();
  turn();
  transport_->flush(outbox_);
  EXPECT_TRUE(transport_->take_heard());
  EXPECT_FALSE(transport_->take_heard());
}

// A kernel says that there is room when a third of megabytes is free again: for a slow reader that is minutes.
TEST_F(EventStreamTransportTest, hears_of_a_page_that_takes_little_long_before_there_is_room) {
  open(Pipe::tcp);
  while (outbox_.empty()) {
    push(100'000);
    transport_->flush(outbox_);
    turn();
  }
  static_cast<void>(transport_->take_heard());
  EXPECT_FALSE(transport_->take_heard());
  // What the browser's own kernel holds comes first.
  std::size_t taken = 0;
  bool was_heard = false;
  while (!was_heard && heard_.rooms == 0 && browser_->read(65'536) > 0) {
    ++taken;
    turn();
    was_heard = transport_->take_heard();
  }
  EXPECT_TRUE(was_heard);
  EXPECT_EQ(heard_.rooms, 0) << "after " << taken << " reads";
}

TEST_F(EventStreamTransportTest, knows_whether_it_has_sent) {
  open();
  EXPECT_FALSE(transport_->take_sent());
  push();
  transport_->flush(outbox_);
  EXPECT_TRUE(transport_->take_sent());
  EXPECT_FALSE(transport_->take_sent());
}

TEST_F(EventStreamTransportTest, ends_with_the_reason_behind_what_waits) {
  open();
  push();
  transport_->end(outbox_, ErrorCode::shutting_down);
  turn();
  EXPECT_EQ(browser_->take_bytes(),
            event({1}, 10) + event_of_frame(error_frame(ErrorCode::shutting_down)));
  EXPECT_EQ(browser_->end(), BrowserEnd::End::orderly);
  browser_->hang_up();
  turn();
  EXPECT_THAT(heard_.departures, IsEmpty());
}

TEST_F(EventStreamTransportTest, leaves_to_the_log_what_does_not_fit_before_the_reason) {
  block();
  transport_->end(outbox_, ErrorCode::moved);
  std::string all;
  while (browser_->end() == BrowserEnd::End::none) {
    all += browser_->take_bytes();
    turn();
  }
  const std::string reason = event_of_frame(error_frame(ErrorCode::moved));
  ASSERT_THAT(all, EndsWith(reason));
  all.resize(all.size() - reason.size());
  EXPECT_EQ(all.size() % event({1}, 1'000).size(), 0U) << "whole events only";
  EXPECT_LT(all.size(), 40'000U);
}

TEST_F(EventStreamTransportTest, ends_in_order_without_a_word) {
  open();
  push();
  transport_->end_in_order(outbox_);
  turn();
  EXPECT_EQ(browser_->take_bytes(), event({1}, 10));
  EXPECT_EQ(browser_->end(), BrowserEnd::End::orderly);
}

TEST_F(EventStreamTransportTest, says_nothing_after_its_end) {
  open();
  transport_->end(outbox_, ErrorCode::moved);
  transport_->end(outbox_, ErrorCode::shutting_down);
  transport_->end_in_order(outbox_);
  push();
  transport_->flush(outbox_);
  turn();
  EXPECT_EQ(browser_->take_bytes(), event_of_frame(error_frame(ErrorCode::moved)));
}

TEST_F(EventStreamTransportTest, tells_that_the_page_is_lost) {
  open();
  browser_->hang_up();
  turn();
  EXPECT_THAT(heard_.departures, ElementsAre(Departure::lost));
  push();
  transport_->flush(outbox_);
  transport_->end(outbox_, ErrorCode::moved);
}

TEST_F(EventStreamTransportTest, takes_nothing_from_the_page) {
  open();
  browser_->write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  turn();
  EXPECT_THAT(browser_->take_bytes(), IsEmpty());
  EXPECT_THAT(heard_.frames, IsEmpty());
  EXPECT_THAT(heard_.departures, IsEmpty());
}

TEST_F(EventStreamTransportTest, takes_its_connection_along_when_it_is_destroyed) {
  open();
  transport_.reset();
  turn();
  EXPECT_THAT(browser_->take_bytes(), IsEmpty());
  EXPECT_NE(browser_->end(), BrowserEnd::End::none);
}

}  // namespace
}  // namespace tayori::session
