#include "session/poll_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "net/http_over_loopback.h"
#include "session/problem_json.h"
#include "session/websocket_transport_fixture.h"

namespace tayori::session {
namespace {

using namespace std::chrono_literals;
using net::HttpAnswer;
using net::LoopbackPeer;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kOpened = "o{}";

class PollTransportTest : public testing::Test {
 protected:
  ~PollTransportTest() override {
    server_.on_loop([this] { transport_.reset(); });
  }

  /// A poll of `peer` that may be held for `wait`, with `o` in its outbox.
  void poll(LoopbackPeer& peer, std::chrono::milliseconds wait, const std::string& behind = "") {
    ASSERT_TRUE(
        peer.send("POST /poll HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}" + behind));
    ASSERT_TRUE(peer.until([&] { return server_.exchanges.size() == 1; }));
    server_.on_loop([&] {
      auto exchange = std::move(server_.exchanges.front());
      server_.exchanges.clear();
      outbox_ = Outbox(100'000'000);
      transport_ = std::make_unique<PollTransport>(std::move(exchange),
                                                   HttpResponse::text(200, "").with("X-One", "1"),
                                                   server_.clock.steady() + wait, heard_);
      transport_->start();
      outbox_.push_frame(encode_frame(WireFormat::json, kOpened));
      transport_->flush(outbox_);
    });
  }
  void push(const std::string& data) {
    const Sequence number{++pushed_};
    const EnvelopeRef message =
        encodings_.message(WireFormat::json, Envelope::message(number, data));
    ASSERT_EQ(outbox_.push(message), Outbox::Push::accepted);
  }
  void flush() {
    server_.on_loop([this] { transport_->flush(outbox_); });
  }
  void pass(std::chrono::milliseconds time) {
    server_.pass(time);
    server_.on_loop([this] { transport_->on_time(server_.clock.steady()); });
  }
  static std::vector<std::string> frames_of(const HttpAnswer& answer) {
    std::vector<std::string> frames;
    const auto parsed = base::parse_json(answer.body);
    EXPECT_TRUE(parsed && parsed.value->is_array()) << answer.body.substr(0, 200);
    if (!parsed || !parsed.value->is_array()) return frames;
    for (const auto& frame : parsed.value->get_array()) frames.emplace_back(frame.as_string());
    return frames;
  }

  net::HttpOverLoopback server_;
  Heard heard_;
  const std::string epoch_ = "e1";
  Encodings encodings_{epoch_};
  Outbox outbox_{0};
  std::unique_ptr<PollTransport> transport_;
  std::uint64_t pushed_ = 0;
};

TEST_F(PollTransportTest, holds_its_answer_until_there_is_something_to_say) {
  LoopbackPeer peer = server_.connect();
  poll(peer, 25s);
  pass(24s);
  EXPECT_THAT(peer.received(), IsEmpty());
  EXPECT_EQ(heard_.rooms, 0);
  push("a \"b\"\n");
  push("c");
  flush();
  const HttpAnswer answer = await_answer(peer);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.field("X-One"), "1");
  EXPECT_THAT(frames_of(answer), ElementsAre(kOpened, "m1\na \"b\"\n", "m2\nc"));
  EXPECT_THAT(heard_.departures, ElementsAre(Departure::answered));
  EXPECT_TRUE(outbox_.empty());
}

TEST_F(PollTransportTest, answers_in_the_end_with_what_there_is) {
  LoopbackPeer peer = server_.connect();
  poll(peer, 25s);
  pass(24'999ms);
  EXPECT_EQ(heard_.rooms, 0);
  pass(1ms);
  EXPECT_EQ(heard_.rooms, 1);
  pass(1s);
  EXPECT_EQ(heard_.rooms, 1) << "it asks to be flushed once";
  flush();
  EXPECT_THAT(frames_of(await_answer(peer)), ElementsAre(kOpened));
  EXPECT_THAT(heard_.departures, ElementsAre(Departure::answered));
}

TEST_F(PollTransportTest, answers_at_once_when_nothing_may_be_held) {
  LoopbackPeer peer = server_.connect();
  poll(peer, 0s);
  EXPECT_THAT(frames_of(await_answer(peer)), ElementsAre(kOpened));
}

TEST_F(PollTransportTest, tells_the_reason_of_its_end) {
  LoopbackPeer peer = server_.connect();
  poll(peer, 25s);
  server_.on_loop([this] { transport_->end(outbox_, ErrorCode::moved); });
  EXPECT_THAT(frames_of(await_answer(peer)), ElementsAre(kOpened, error_frame(ErrorCode::moved)));
  EXPECT_THAT(heard_.departures, IsEmpty());
}

TEST_F(PollTransportTest, tells_a_page_that_is_not_let_in_nothing_but_why) {
  LoopbackPeer peer = server_.connect();
  poll(peer, 25s);
  server_.on_loop([this] {
    outbox_.drop_unsent();
    transport_->end(outbox_, {ErrorCode::disconnected, "good night"});
  });
  const HttpAnswer answer = await_answer(peer);
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.body, problem_json(Error::of(ErrorCode::disconnected), "good night") + "\n");
}

TEST_F(PollTransportTest, tells_the_reason_of_its_end_however_much_waits) {
  for (const bool is_long : {false, true}) {
    LoopbackPeer peer = server_.connect();
    poll(peer, 25s);
    for (int i = 0; i < 600; ++i) push(std::string(is_long ? 30'000 : 1, 'x'));
    server_.on_loop([this] { transport_->end(outbox_, ErrorCode::shutting_down); });
    const HttpAnswer answer = await_answer(peer);
    const auto frames = frames_of(answer);
    EXPECT_LE(answer.body.size(), PollTransport::kBytesMax);
    EXPECT_LE(frames.size(), PollTransport::kFramesMax);
    ASSERT_FALSE(frames.empty());
    EXPECT_EQ(frames.front(), kOpened);
    EXPECT_EQ(frames.back().substr(0, 200), error_frame(ErrorCode::shutting_down));
  }
}

TEST_F(PollTransportTest, ends_in_order_with_what_there_is) {
  LoopbackPeer peer = server_.connect();
  poll(peer, 25s);
  server_.on_loop([this] { transport_->end_in_order(outbox_); });
  EXPECT_THAT(frames_of(await_answer(peer)), ElementsAre(kOpened));
}

TEST_F(PollTransportTest, says_nothing_after_its_answer) {
  LoopbackPeer peer = server_.connect();
  poll(peer, 0s);
  await_answer(peer);
  push("x");
  flush();
  server_.on_loop([this] {
    transport_->end(outbox_, ErrorCode::moved);
    transport_->end_in_order(outbox_);
  });
  pass(1min);
  EXPECT_THAT(peer.received(), IsEmpty());
  EXPECT_THAT(heard_.departures, SizeIs(1));
}

TEST_F(PollTransportTest, bounds_its_answer_by_number) {
  LoopbackPeer peer = server_.connect();
  poll(peer, 25s);
  for (int i = 0; i < 2'000; ++i) push("x");
  flush();
  const auto frames = frames_of(await_answer(peer));
  ASSERT_THAT(frames, SizeIs(PollTransport::kFramesMax));
  EXPECT_EQ(frames.back(), "m" + to_base36({PollTransport::kFramesMax - 1}) + "\nx");
  EXPECT_TRUE(outbox_.empty()) << "the rest is in the log";
}

TEST_F(PollTransportTest, bounds_its_answer_by_bytes) {
  LoopbackPeer peer = server_.connect();
  poll(peer, 25s);
  for (int i = 0; i < 100; ++i) push(std::string(30'000, '"'));
  flush();
  const HttpAnswer answer = await_answer(peer);
  EXPECT_LE(answer.body.size(), PollTransport::kBytesMax);
  EXPECT_GT(answer.body.size(), PollTransport::kBytesMax - 61'000) << "escapes count";
  EXPECT_THAT(frames_of(answer), SizeIs(1 + 17));
}

TEST_F(PollTransportTest, gives_one_message_however_large) {
  LoopbackPeer peer = server_.connect();
  poll(peer, 25s);
  push(std::string(2'000'000, 'x'));
  push("y");
  flush();
  EXPECT_THAT(frames_of(await_answer(peer)), SizeIs(2));
}

TEST_F(PollTransportTest, tells_that_the_page_is_lost) {
  LoopbackPeer other = server_.connect();
  LoopbackPeer peer = server_.connect();
  poll(peer, 25s);
  peer.close();
  ASSERT_TRUE(other.until([&] { return !heard_.departures.empty(); }));
  EXPECT_THAT(heard_.departures, ElementsAre(Departure::lost));
  push("for nobody");
  flush();
  server_.on_loop([this] { transport_->end(outbox_, ErrorCode::moved); });
  EXPECT_THAT(heard_.departures, SizeIs(1));
  EXPECT_EQ(server_.loop.traffic().exchanges_open.value(), 0U);
}

TEST_F(PollTransportTest, keeps_a_request_behind_it_waiting) {
  LoopbackPeer peer = server_.connect();
  poll(peer, 25s, "GET /next HTTP/1.1\r\nHost: h\r\n\r\n");
  pass(10s);
  EXPECT_THAT(server_.requests, SizeIs(1));
  server_.answer = net::echo_path;
  push("x");
  flush();
  EXPECT_THAT(frames_of(await_answer(peer)), ElementsAre(kOpened, "m1\nx"));
  EXPECT_EQ(await_answer(peer).body, "/next");
}

TEST_F(PollTransportTest, is_never_silent_nor_in_need_of_a_heartbeat) {
  LoopbackPeer peer = server_.connect();
  poll(peer, 25s);
  EXPECT_TRUE(transport_->take_heard());
  EXPECT_TRUE(transport_->take_sent());
}

}  // namespace
}  // namespace tayori::session
