#include "net/websocket_connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "net/http_over_loopback.h"
#include "net/masked_frame.h"

namespace tayori::net {
namespace {

using namespace std::string_literals;
using base::operator""_KiB;
using base::operator""_MiB;
using testing::ElementsAre;
using testing::IsEmpty;

/// Keeps what a connection tells.
class Listening final : public WebSocketEvents {
 public:
  void on_text(std::string_view text) override { texts.emplace_back(text); }
  void on_ping(std::string_view data) override { pings.emplace_back(data); }
  void on_heard() override { ++heard; }
  void on_writable() override { ++writable; }
  void on_end(const WebSocketEnd& how) override {
    EXPECT_FALSE(end) << "told twice of its end";
    end = how;
  }

  std::vector<std::string> texts;
  std::vector<std::string> pings;
  int heard = 0;
  int writable = 0;
  std::optional<WebSocketEnd> end;
};

class WebSocketConnectionTest : public testing::Test {
 protected:
  /// The connection outlives its events where a test leaves it attached.
  void TearDown() override {
    if (connection_) server_.on_loop([this] { connection_->detach(); });
  }

  /// Upgrades a connection of a peer whose first bytes behind the request are `early`.
  LoopbackPeer open(const std::string& early = "") {
    LoopbackPeer peer = server_.connect();
    EXPECT_TRUE(peer.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n" + early));
    EXPECT_TRUE(peer.until([&] { return server_.exchanges.size() == 1; }));
    server_.on_loop([this] {
      auto upgraded = server_.exchanges.front().upgrade(
          {.status = 101, .reason = {}, .fields = {}, .body = {}});
      server_.exchanges.clear();
      connection_ =
          std::make_shared<WebSocketConnection>(server_.loop, std::move(upgraded.socket), limits_);
      connection_->start(events_, std::move(upgraded.early));
    });
    EXPECT_EQ(await_answer(peer).status, 101);
    return peer;
  }

  std::size_t write(std::string_view bytes) {
    std::size_t taken = 0;
    const iovec part{const_cast<char*>(bytes.data()), bytes.size()};  // NOLINT(*-const-cast)
    server_.on_loop([&] { taken = connection_->write({&part, 1}); });
    return taken;
  }

  void let_go() {
    connection_->detach();
    connection_.reset();
  }

  std::uint64_t open_connections() { return server_.loop.traffic().websockets_open.value(); }

  HttpOverLoopback server_;
  WebSocketLimits limits_;
  Listening events_;
  std::shared_ptr<WebSocketConnection> connection_;
};

TEST_F(WebSocketConnectionTest, gives_texts_as_they_come) {
  auto peer = open();
  ASSERT_TRUE(peer.send(masked_frame("one") + masked_frame("two", {.is_final = false})));
  ASSERT_TRUE(peer.until([&] { return events_.texts.size() == 1; }));
  ASSERT_TRUE(peer.send(masked_frame("!", {.opcode = 0})));
  ASSERT_TRUE(peer.until([&] { return events_.texts.size() == 2; }));
  EXPECT_THAT(events_.texts, ElementsAre("one", "two!"));
  EXPECT_GE(events_.heard, 2);
  EXPECT_EQ(open_connections(), 1U);
}

TEST_F(WebSocketConnectionTest, begins_with_what_came_behind_the_request) {
  auto peer = open(masked_frame("early") + masked_frame("half").substr(0, 5));
  EXPECT_THAT(events_.texts, ElementsAre("early"));
  ASSERT_TRUE(peer.send(masked_frame("half").substr(5)));
  EXPECT_TRUE(peer.until([&] { return events_.texts.size() == 2; }));
  EXPECT_EQ(events_.texts.back(), "half");
}

TEST_F(WebSocketConnectionTest, survives_a_violation_in_what_came_early) {
  auto peer = open("\x81\x05hello");
  ASSERT_TRUE(events_.end);
  EXPECT_EQ(events_.end->code, 1002);
  EXPECT_TRUE(events_.end->by_violation);
  server_.on_loop([&] { connection_->close(close_frame(1002)); });
  EXPECT_TRUE(peer.until_end());
  EXPECT_EQ(peer.received(), close_frame(1002));
}

TEST_F(WebSocketConnectionTest, gives_pings_and_drops_pongs) {
  auto peer = open();
  ASSERT_TRUE(peer.send(masked_frame("a", {.opcode = 10}) + masked_frame("b", {.opcode = 9})));
  ASSERT_TRUE(peer.until([&] { return !events_.pings.empty(); }));
  EXPECT_THAT(events_.pings, ElementsAre("b"));
  EXPECT_THAT(events_.texts, IsEmpty());
}

TEST_F(WebSocketConnectionTest, writes_frames_as_they_are) {
  auto peer = open();
  EXPECT_EQ(write("\x81\x02hi"), 4U);
  EXPECT_TRUE(peer.until([&] { return peer.received() == "\x81\x02hi"; }));
}

TEST_F(WebSocketConnectionTest, gathers_frames_in_one_write) {
  auto peer = open();
  std::string one = "one";
  std::string two = "two";
  const std::vector<iovec> parts{{one.data(), one.size()}, {two.data(), two.size()}};
  server_.on_loop([&] { EXPECT_EQ(connection_->write(parts), 6U); });
  EXPECT_EQ(peer.waiting(), 6U);
}

TEST_F(WebSocketConnectionTest, tells_when_there_is_room_again) {
  auto peer = open();
  const std::string bytes(32_MiB, 'x');
  std::size_t sent = write(bytes);
  ASSERT_LT(sent, bytes.size());
  EXPECT_EQ(write(std::string_view(bytes).substr(sent)), 0U);
  while (sent < bytes.size()) {
    const int before = events_.writable;
    ASSERT_TRUE(peer.until([&] { return events_.writable > before; }));
    sent += write(std::string_view(bytes).substr(sent));
  }
  EXPECT_TRUE(peer.until([&] { return peer.received().size() == bytes.size(); }));
}

TEST_F(WebSocketConnectionTest, answers_a_close_with_its_code_and_ends) {
  auto peer = open();
  ASSERT_TRUE(peer.send(masked_frame("\x03\xe9"s, {.opcode = 8})));
  EXPECT_TRUE(peer.until_end());
  EXPECT_EQ(peer.received(), close_frame(1001));
  ASSERT_TRUE(events_.end);
  EXPECT_EQ(events_.end->code, 1001);
  EXPECT_FALSE(events_.end->by_violation);
  let_go();
  EXPECT_EQ(open_connections(), 0U);
}

TEST_F(WebSocketConnectionTest, answers_a_close_without_a_code_with_1000) {
  auto peer = open();
  ASSERT_TRUE(peer.send(masked_frame("", {.opcode = 8})));
  EXPECT_TRUE(peer.until_end());
  EXPECT_EQ(peer.received(), close_frame(1000));
  EXPECT_EQ(events_.end->code, 1005);
}

TEST_F(WebSocketConnectionTest, hears_nothing_behind_a_close) {
  auto peer = open();
  ASSERT_TRUE(peer.send(masked_frame("\x03\xe8"s, {.opcode = 8}) + masked_frame("late")));
  EXPECT_TRUE(peer.until_end());
  EXPECT_THAT(events_.texts, IsEmpty());
}

TEST_F(WebSocketConnectionTest, tells_of_a_peer_that_just_goes) {
  for (const bool by_reset : {false, true}) {
    events_.end.reset();
    auto peer = open();
    by_reset ? peer.reset() : peer.close();
    EXPECT_TRUE(peer.until([&] { return events_.end.has_value(); }));
    EXPECT_EQ(events_.end->code, 1006);
    EXPECT_FALSE(events_.end->by_violation);
    let_go();
  }
  EXPECT_EQ(open_connections(), 0U);
}

TEST_F(WebSocketConnectionTest, tells_of_each_violation_and_takes_a_close_frame_after_it) {
  const std::vector<std::pair<std::string, std::uint16_t>> violations{
      {masked_frame("x", {.is_masked = false}), 1002},
      {masked_frame("x", {.reserved = 4}), 1002},
      {masked_frame("x", {.opcode = 3}), 1002},
      {masked_frame("x", {.opcode = 2}), 1003},
      {masked_frame("\xff"), 1007},
      {masked_frame(std::string(limits_.message + 1, 'x')), 1009},
      {claimed_length_frame(std::uint64_t{1} << 63U), 1002},
  };
  for (const auto& [bytes, code] : violations) {
    events_ = {};
    auto peer = open();
    ASSERT_TRUE(peer.send(bytes));
    ASSERT_TRUE(peer.until([&] { return events_.end.has_value(); }));
    EXPECT_EQ(events_.end->code, code);
    EXPECT_TRUE(events_.end->by_violation);
    server_.on_loop([&, close_code = code] { connection_->close(close_frame(close_code)); });
    EXPECT_TRUE(peer.until_end());
    EXPECT_FALSE(peer.was_reset());
    EXPECT_EQ(peer.received(), close_frame(code));
    let_go();
  }
}

TEST_F(WebSocketConnectionTest, sends_the_rest_behind_what_was_written_before_it_closes) {
  auto peer = open();
  const std::string bytes(32_MiB, 'x');
  const std::size_t sent = write(bytes);
  ASSERT_LT(sent, bytes.size());
  server_.on_loop([&] { connection_->close(bytes.substr(sent) + close_frame(1012)); });
  let_go();
  EXPECT_TRUE(peer.until_end());
  EXPECT_FALSE(peer.was_reset());
  EXPECT_EQ(peer.received().size(), bytes.size() + close_frame(1012).size());
  EXPECT_TRUE(peer.received().ends_with(close_frame(1012)));
}

TEST_F(WebSocketConnectionTest, drops_what_comes_after_its_own_close) {
  auto peer = open();
  server_.on_loop([&] { connection_->close(close_frame(1000)); });
  ASSERT_TRUE(peer.send(masked_frame("late")));
  EXPECT_TRUE(peer.until_end());
  EXPECT_THAT(events_.texts, IsEmpty());
}

TEST_F(WebSocketConnectionTest, cuts_a_peer_that_does_not_answer_its_close_in_time) {
  auto peer = open();
  server_.on_loop([&] { connection_->close(close_frame(1000)); });
  let_go();
  EXPECT_TRUE(peer.until_end());
  server_.pass(WebSocketConnection::kLinger - std::chrono::milliseconds{1});
  EXPECT_EQ(open_connections(), 1U);
  server_.pass(std::chrono::milliseconds{1});
  EXPECT_EQ(open_connections(), 0U);
}

TEST_F(WebSocketConnectionTest, ends_as_soon_as_the_peer_has_closed_too) {
  auto peer = open();
  server_.on_loop([&] { connection_->close(close_frame(1000)); });
  let_go();
  peer.close();
  EXPECT_TRUE(peer.until([&] { return open_connections() == 0; }));
}

TEST_F(WebSocketConnectionTest, is_cut_by_abort_and_tells_nobody) {
  auto peer = open();
  server_.on_loop([&] {
    connection_->detach();
    connection_->abort();
  });
  connection_.reset();
  EXPECT_TRUE(peer.until_end());
  EXPECT_FALSE(events_.end);
  EXPECT_EQ(open_connections(), 0U);
}

TEST_F(WebSocketConnectionTest, keeps_nothing_of_an_owner_that_let_go) {
  auto peer = open();
  connection_->detach();
  ASSERT_TRUE(peer.send(masked_frame("nobody hears") + masked_frame("", {.opcode = 8})));
  EXPECT_TRUE(peer.until_end());
  EXPECT_THAT(events_.texts, IsEmpty());
  EXPECT_FALSE(events_.end);
}

}  // namespace
}  // namespace tayori::net
