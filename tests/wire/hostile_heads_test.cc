// What comes to either listener before anything is a request, or in place of one.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "running_server.h"
#include "websocket_page.h"

namespace tayori::wire {
namespace {

using namespace std::string_literals;

struct Head {
  std::string name;
  std::string bytes;
  int status;
};

class HostileHead : public testing::TestWithParam<Head> {};

TEST_P(HostileHead, is_refused_and_closed_on_either_listener) {
  RunningServer server;
  WebSocketPage healthy(server.public_port());
  healthy.open(server.token("healthy"));
  for (const std::uint16_t port : {server.public_port(), server.internal_port()}) {
    net::LoopbackPeer hostile(port);
    // What is refused early is not read to its end.
    ASSERT_TRUE(hostile.send(GetParam().bytes));
    const net::HttpAnswer answer = await_answer(hostile);
    EXPECT_EQ(answer.status, GetParam().status);
    EXPECT_EQ(answer.field("Connection"), "close");
    EXPECT_EQ(answer.field("Content-Type"), "application/problem+json");
    EXPECT_TRUE(hostile.until_end());
    EXPECT_FALSE(hostile.was_reset());
    EXPECT_EQ(hostile.received(), "") << "answered twice";
  }
  server.send("healthy", "unharmed");
  EXPECT_EQ(healthy.next_message().data, "unharmed");
}

std::string fields(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "a:b\r\n";
  return text;
}

const std::string kStart = "POST / HTTP/1.1\r\nHost: h\r\n";

const std::vector<Head> kHeads{
    {"garbage", "\x00\xff\x00\xff garbage \r\n\r\n"s, 400},
    {"garbage_before_an_upgrade", "garbage\r\n\r\n" + std::string(kUpgrade), 400},
    {"a_websocket_frame", net::masked_frame("h"), 400},
    {"a_tls_hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s + std::string(500, 'r'), 400},
    {"http_2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
    {"ten_thousand_fields", kStart + fields(10'000) + "\r\n", 431},
    {"a_hundred_and_one_fields", kStart + fields(100) + "\r\n", 431},
    {"a_huge_address", "GET /" + std::string(100'000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 431},
    {"a_huge_body_by_its_word", kStart + "Content-Length: 99999999\r\n\r\nx", 413},
    {"a_huge_body_of_chunks", kStart + "Transfer-Encoding: chunked\r\n\r\n99999999\r\nx\r\n", 413},
    {"a_request_hidden_in_a_body",
     kStart + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz", 400},
    {"a_request_behind_a_second_length",
     kStart + "Content-Length: 0\r\nContent-Length: 27\r\n\r\nGET /healthz HTTP/1.1\r\nX: y", 400},
    {"a_request_behind_a_bare_line_feed",
     "GET / HTTP/1.1\nHost: h\n\nGET /healthz HTTP/1.1\r\n\r\n", 400},
};
std::string name_of(const testing::TestParamInfo<Head>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Heads, HostileHead, testing::ValuesIn(kHeads), name_of);

TEST(ManyConnections, that_say_nothing_leave_room_for_others_and_go) {
  RunningServer server;
  {
    std::vector<net::LoopbackPeer> silent;
    for (int i = 0; i < 500; ++i) silent.emplace_back(server.public_port());
    WebSocketPage page(server.public_port());
    page.open(server.token("ann"));
    server.send("ann", "hello");
    EXPECT_EQ(page.next_message().data, "hello");
  }
  // The one that asks.
  EXPECT_TRUE(server.until_metric("tayori_connections", "1"));
}

TEST(ManyConnections, that_are_cut_anywhere_leave_nothing_behind) {
  RunningServer server;
  const std::string bytes = std::string(kUpgrade) +
                            net::masked_frame(WebSocketPage::token_frame(server.token("ann"))) +
                            net::masked_frame("h");
  for (std::size_t cut = 0; cut < bytes.size(); cut += 3) {
    net::LoopbackPeer peer(server.public_port());
    peer.send(std::string_view(bytes).substr(0, cut));
    cut % 2 == 0 ? peer.reset() : peer.close();
  }
  EXPECT_TRUE(server.until_metric("tayori_connections", "1"));
  EXPECT_TRUE(server.until_metric("tayori_sessions", "0"));
}

}  // namespace
}  // namespace tayori::wire
