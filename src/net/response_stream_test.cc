#include "net/response_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include "net/http_over_loopback.h"

namespace tayori::net {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Keeps what a stream tells.
class Watching final : public ResponseStreamEvents {
 public:
  void on_writable() override { ++writable; }
  void on_end() override { ++ends; }

  int writable = 0;
  int ends = 0;
};

class ResponseStreamTest : public testing::Test {
 protected:
  /// The stream outlives its events where a test leaves it attached.
  void TearDown() override {
    if (stream_) server_.on_loop([this] { stream_->detach(); });
  }

  /// Answers a peer that sent `early` behind its request with a stream that begins with "first".
  LoopbackPeer open(const std::string& early = "", int receive_buffer = 0) {
    LoopbackPeer peer = server_.connect(receive_buffer);
    EXPECT_TRUE(peer.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n" + early));
    EXPECT_TRUE(peer.until([&] { return server_.exchanges.size() == 1; }));
    server_.on_loop([this] {
      auto head = HttpResponse::text(200, "first").with("X-One", "1");
      auto given = server_.exchanges.front().stream(head);
      server_.exchanges.clear();
      stream_ = std::make_shared<ResponseStream>(server_.loop, std::move(given.socket), 50s);
      stream_->start(events_);
      early_ = given.early;
    });
    return peer;
  }
  std::size_t write(std::string text) {
    std::size_t taken = 0;
    server_.on_loop([&] {
      const iovec part{text.data(), text.size()};
      taken = stream_->write({&part, 1});
    });
    return taken;
  }
  /// Writes until the kernel takes no more; how much it took.
  std::size_t fill() {
    std::size_t sum = 0;
    for (std::size_t taken = 1; taken > 0; sum += taken) taken = write(std::string(65'536, 'x'));
    return sum;
  }
  /// Takes the head off what `peer` got.
  std::string head_of(LoopbackPeer& peer) {
    EXPECT_TRUE(peer.until([&] { return peer.received().find("\r\n\r\n") != std::string::npos; }));
    const std::size_t end = peer.received().find("\r\n\r\n") + 4;
    std::string head = peer.received().substr(0, end);
    peer.received().erase(0, end);
    return head;
  }
  bool until_received(LoopbackPeer& peer, const std::string& text) {
    return peer.until_or_end([&] { return peer.received() == text; });
  }

  HttpOverLoopback server_;
  Watching events_;
  std::shared_ptr<ResponseStream> stream_;
  std::string early_;
};

TEST_F(ResponseStreamTest, begins_with_a_head_that_states_no_length_and_what_is_known) {
  LoopbackPeer peer = open();
  const std::string head = head_of(peer);
  EXPECT_THAT(head, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nX-One: 1\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nDate: "));
  EXPECT_THAT(head, Not(HasSubstr("Content-Length")));
  EXPECT_THAT(head, Not(HasSubstr("Transfer-Encoding")));
  EXPECT_THAT(head, Not(HasSubstr("Keep-Alive")));
  EXPECT_TRUE(until_received(peer, "first"));
}

TEST_F(ResponseStreamTest, goes_on_until_it_is_closed) {
  LoopbackPeer peer = open();
  head_of(peer);
  EXPECT_EQ(write("second"), 6U);
  EXPECT_TRUE(until_received(peer, "firstsecond"));
  server_.pass(1h);
  EXPECT_EQ(write("third"), 5U);
  EXPECT_TRUE(until_received(peer, "firstsecondthird"));
  server_.on_loop([&] {
    stream_->detach();
    stream_->close("last");
  });
  EXPECT_TRUE(peer.until_end());
  EXPECT_FALSE(peer.was_reset());
  EXPECT_EQ(peer.received(), "firstsecondthirdlast");
  EXPECT_EQ(events_.ends, 0);
}

TEST_F(ResponseStreamTest, tells_once_that_its_peer_has_gone) {
  for (const bool by_reset : {false, true}) {
    events_ = {};
    LoopbackPeer other = server_.connect();
    LoopbackPeer peer = open();
    if (by_reset) {
      peer.reset();
    } else {
      peer.close();
    }
    ASSERT_TRUE(other.until([&] { return events_.ends > 0; }));
    server_.pass(1min);
    EXPECT_EQ(events_.ends, 1);
    EXPECT_EQ(write("x"), 0U) << "a stream that has ended takes nothing";
  }
}

// What stands behind the request must not be answered: it would be read as part of the stream.
TEST_F(ResponseStreamTest, answers_no_request_behind_its_own) {
  LoopbackPeer peer = open("GET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
  head_of(peer);
  ASSERT_TRUE(peer.send("GET /3 HTTP/1.1\r\nHost: h\r\n\r\n"));
  EXPECT_EQ(write("!"), 1U);
  EXPECT_TRUE(until_received(peer, "first!"));
  EXPECT_EQ(server_.requests.size(), 1U);
  EXPECT_EQ(events_.ends, 0);
}

TEST_F(ResponseStreamTest, ends_without_a_reset_though_the_peer_has_sent_more) {
  LoopbackPeer peer = open();
  head_of(peer);
  server_.on_loop([&] { stream_->detach(); });
  ASSERT_TRUE(peer.send(std::string(100'000, 'y')));
  server_.on_loop([&] { stream_->close("last"); });
  ASSERT_TRUE(peer.send(std::string(100'000, 'z')));
  EXPECT_TRUE(peer.until_end());
  EXPECT_FALSE(peer.was_reset());
  EXPECT_EQ(peer.received(), "firstlast");
}

TEST_F(ResponseStreamTest, says_when_there_is_room_again) {
  LoopbackPeer peer = open("", 4'096);
  std::size_t written = fill();
  EXPECT_EQ(events_.writable, 0);
  ASSERT_TRUE(peer.until([&] { return events_.writable > 0; }));
  EXPECT_EQ(events_.writable, 1) << "once a write that took less than all";
  written += fill();
  head_of(peer);
  EXPECT_TRUE(peer.until([&] { return peer.received().size() == 5 + written; }));
}

TEST_F(ResponseStreamTest, knows_how_much_its_peer_has_still_to_take) {
  LoopbackPeer peer = open("", 4'096);
  fill();
  const std::size_t before = stream_->untaken();
  EXPECT_GT(before, 0U);
  head_of(peer);
  EXPECT_TRUE(peer.until([&] { return stream_->untaken() < before; }));
  EXPECT_TRUE(peer.until([&] { return stream_->untaken() == 0; }));
}

TEST_F(ResponseStreamTest, waits_a_little_for_its_last_words_to_be_read) {
  LoopbackPeer peer = open("", 4'096);
  fill();
  server_.on_loop([&] {
    stream_->detach();
    stream_->close("last");
    stream_.reset();
  });
  server_.pass(StreamConnection::kLinger - 1ms);
  EXPECT_EQ(server_.loop.traffic().response_streams_open.value(), 1U);
  server_.pass(1ms);
  EXPECT_EQ(server_.loop.traffic().response_streams_open.value(), 0U);
}

TEST_F(ResponseStreamTest, is_counted_while_it_is_there) {
  const Traffic& traffic = server_.loop.traffic();
  LoopbackPeer peer = open();
  server_.turn();
  EXPECT_EQ(traffic.response_streams_open.value(), 1U);
  EXPECT_EQ(traffic.connections_open.value(), 1U);
  EXPECT_EQ(traffic.exchanges_open.value(), 0U);
  server_.on_loop([&] {
    stream_->detach();
    stream_->abort();
    stream_.reset();
  });
  EXPECT_TRUE(peer.until_end());
  EXPECT_EQ(traffic.response_streams_open.value(), 0U);
  EXPECT_EQ(traffic.connections_open.value(), 0U);
}

}  // namespace
}  // namespace tayori::net
