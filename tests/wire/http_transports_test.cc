// Pages that listen over server-sent events and long polling, over real sockets and on both loops.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/json.h"
#include "running_server.h"
#include "websocket_page.h"

namespace tayori::wire {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

std::string request(const std::string& name, const std::string& body) {
  return "POST /_ah/channel/" + name + " HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\n" +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// What a page of either kind has been told, and where that leaves it.
class Listening {
 public:
  explicit Listening(std::string token) : token_(std::move(token)) {}

  /// The opening with which it goes on.
  [[nodiscard]] std::string opening() const {
    std::string json = R"({"token":")" + token_ + '"';
    if (!cursor_.empty()) json += R"(,"cursor":")" + cursor_ + '"';
    return json + R"(,"session":")" + session_ + "\"}";
  }
  /// Takes a frame's text in the form of a WebSocket.
  void take(const std::string& frame) {
    if (frame.starts_with('m')) {
      const std::size_t line = frame.find('\n');
      cursor_ = epoch() + "-" + frame.substr(1, line - 1);
      const std::uint64_t number = Cursor::parse(cursor_)->sequence.value;
      EXPECT_GT(number, last_) << "ascending, and nothing twice";
      last_ = number;
      messages_.push_back(frame.substr(line + 1));
    } else if (frame.starts_with('o')) {
      const auto opened = base::parse_json(frame.substr(1));
      ASSERT_TRUE(opened) << frame;
      session_ = opened.value->at("session").as_string();
      cursor_ = opened.value->at("cursor").as_string();
    } else {
      others_.push_back(frame);
    }
  }

  [[nodiscard]] const std::vector<std::string>& messages() const { return messages_; }
  /// Frames that are neither messages nor `o`.
  [[nodiscard]] const std::vector<std::string>& others() const { return others_; }
  [[nodiscard]] const std::string& session() const { return session_; }

 private:
  [[nodiscard]] std::string epoch() const { return cursor_.substr(0, cursor_.find('-')); }

  std::string token_;
  std::string cursor_;
  std::string session_;
  std::uint64_t last_ = 0;
  std::vector<std::string> messages_;
  std::vector<std::string> others_;
};

class PollingPage {
 public:
  PollingPage(std::uint16_t port, std::string token)
      : PollingPage(port, Listening(std::move(token))) {}
  /// Goes on where `as` stands.
  PollingPage(std::uint16_t port, Listening as) : port_(port), listening_(std::move(as)) {
    connect();
  }

  /// Another connection, which another loop may have.
  void connect() { peer_ = std::make_unique<net::LoopbackPeer>(port_); }
  void ask() { ASSERT_TRUE(peer_->send(request("poll", listening_.opening()))); }
  void take_answer() {
    const net::HttpAnswer answer = await_answer(*peer_);
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto frames = base::parse_json(answer.body);
    ASSERT_TRUE(frames);
    EXPECT_THAT(std::string(frames.value->get_array().at(0).as_string()), StartsWith("o{"));
    for (const auto& frame : frames.value->get_array())
      listening_.take(std::string(frame.as_string()));
  }
  void poll() {
    ask();
    take_answer();
  }
  Listening& listening() { return listening_; }
  net::LoopbackPeer& peer() { return *peer_; }

 private:
  const std::uint16_t port_;
  Listening listening_;
  std::unique_ptr<net::LoopbackPeer> peer_;
};

class StreamingPage {
 public:
  StreamingPage(std::uint16_t port, const Listening& as) : listening_(as), peer_(port) {
    EXPECT_TRUE(peer_.send(request("sse", listening_.opening())));
    EXPECT_EQ(await_answer(peer_).status, 200);
    next();
  }

  /// Takes the next event that is no comment; false at the end.
  bool next() {
    std::size_t end = std::string::npos;
    while (peer_.until_or_end([&] {
      end = peer_.received().find("\n\n");
      return end != std::string::npos;
    })) {
      const std::string event = peer_.received().substr(0, end + 1);
      peer_.received().erase(0, end + 2);
      if (event == ":\n") continue;
      const std::string data = event.substr(event.find("data: ") + 6);
      const std::string line = data.substr(0, data.size() - 1);
      if (event.starts_with("id: ")) {
        const std::size_t number = event.find('-') + 1;
        listening_.take("m" + event.substr(number, event.find('\n') - number) + "\n" + line);
      } else {
        listening_.take((event.starts_with("event: opened") ? "o" : "e") + line);
      }
      return true;
    }
    return false;
  }
  Listening& listening() { return listening_; }
  net::LoopbackPeer& peer() { return peer_; }

 private:
  Listening listening_;
  net::LoopbackPeer peer_;
};

constexpr int kSenders = 3;
constexpr int kEach = 400;

/// Whether every sender's messages have come, each sender's in its order.
void expect_all(const std::vector<std::string>& messages) {
  ASSERT_EQ(messages.size(), static_cast<std::size_t>(kSenders * kEach));
  std::map<std::string, int> next;
  for (const std::string& message : messages) {
    const std::size_t colon = message.find(':');
    EXPECT_EQ(message.substr(colon + 1), std::to_string(next[message.substr(0, colon)]++));
  }
}

TEST(HttpTransports, get_everything_once_and_in_order_while_many_send) {
  server::Config config = quick_config();
  config.log.history_messages = 100'000;
  RunningServer server(config);
  const std::string token = server.token("ann");
  std::vector<std::thread> threads;
  std::vector<std::vector<std::string>> got(12);
  for (std::size_t i = 0; i < got.size(); ++i) {
    threads.emplace_back([&, i] {
      const std::size_t all = kSenders * kEach;
      if (i % 2 == 0) {
        StreamingPage page(server.public_port(), Listening(token));
        while (page.listening().messages().size() < all && page.next()) continue;
        EXPECT_THAT(page.listening().others(), IsEmpty());
        got[i] = page.listening().messages();
        return;
      }
      PollingPage page(server.public_port(), token);
      for (int round = 0; page.listening().messages().size() < all; ++round) {
        if (round % 5 == 4) page.connect();
        page.poll();
        if (testing::Test::HasFatalFailure()) return;
      }
      EXPECT_THAT(page.listening().others(), IsEmpty());
      got[i] = page.listening().messages();
    });
  }
  for (int sender = 0; sender < kSenders; ++sender) {
    threads.emplace_back([&, sender] {
      for (int i = 0; i < kEach; ++i)
        server.send("ann", std::to_string(sender) + ":" + std::to_string(i));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& messages : got) expect_all(messages);
}

TEST(HttpTransports, carry_one_session_from_one_to_the_other) {
  RunningServer server;
  const std::string token = server.token("ann");
  PollingPage first(server.public_port(), token);
  first.poll();
  const std::string word = first.listening().session();
  // The kernel picks the loop by the peer's port: among so many, both are picked.
  Listening listening = first.listening();
  for (std::size_t i = 0; i < 24; ++i) {
    StreamingPage streaming(server.public_port(), listening);
    EXPECT_EQ(streaming.listening().session(), word);
    server.send("ann", "one");
    ASSERT_TRUE(streaming.next());
    WebSocketPage socket(server.public_port());
    const std::string opening = streaming.listening().opening();
    socket.say("t" + opening);
    EXPECT_THAT(socket.next_text(), HasSubstr("\"session\":\"" + word + "\""));
    // It may have been told `moved` on the way.
    while (streaming.next()) continue;
    ASSERT_EQ(streaming.listening().others().size(), i + 1) << "once each time";
    EXPECT_THAT(streaming.listening().others().back(), HasSubstr("\"name\":\"moved\""));
    server.send("ann", "two");
    const Message two = socket.next_message();
    EXPECT_EQ(two.data, "two");
    listening = streaming.listening();
    listening.take("m" + to_base36({two.sequence}) + "\n" + two.data);
    EXPECT_EQ(server.metric("tayori_clients_present"), "1");
  }
  EXPECT_EQ(listening.messages().size(), 48U);
}

TEST(HttpTransports, answer_the_first_of_two_polls_whichever_loop_has_it) {
  RunningServer server;
  PollingPage page(server.public_port(), server.token("ann"));
  page.poll();
  Listening listening = page.listening();
  for (int i = 0; i < 24; ++i) {
    PollingPage first(server.public_port(), listening);
    first.ask();
    EXPECT_TRUE(server.until_metric("tayori_sessions", "1"));
    PollingPage second(server.public_port(), listening);
    second.ask();
    first.take_answer();
    ASSERT_EQ(first.listening().others().size(), 1U);
    EXPECT_THAT(first.listening().others().front(), HasSubstr("\"name\":\"moved\""));
    server.send("ann", "x");
    second.take_answer();
    EXPECT_EQ(second.listening().messages().size(), listening.messages().size() + 1);
    listening = second.listening();
  }
}

TEST(HttpTransports, leave_nothing_behind_when_their_pages_go) {
  RunningServer server;
  const std::string token = server.token("ann");
  for (int i = 0; i < 100; ++i) {
    if (i % 2 == 0) {
      StreamingPage page(server.public_port(), Listening(token));
      if (i % 4 == 0) page.peer().reset();
    } else {
      PollingPage page(server.public_port(), token);
      page.poll();
      page.ask();
      if (i % 4 == 1) page.peer().reset();
    }
  }
  EXPECT_TRUE(server.until_metric("tayori_sessions", "0"));
  EXPECT_TRUE(server.until_metric("tayori_connections", "1"));
  PollingPage last(server.public_port(), token);
  last.poll();
  EXPECT_EQ(server.metric("tayori_clients_present"), "1");
  ASSERT_TRUE(last.peer().send(request("close", last.listening().opening())));
  EXPECT_EQ(await_answer(last.peer()).status, 204);
  EXPECT_TRUE(server.until_metric("tayori_clients_present", "0"));
}

// They would keep it for as long as each of them may be held.
TEST(HttpTransports, take_no_further_poll_of_a_page_that_has_gone) {
  RunningServer server;
  const std::string token = server.token("ann");
  PollingPage page(server.public_port(), token);
  page.poll();
  std::string polls;
  for (int i = 0; i < 100; ++i) polls += request("poll", page.listening().opening());
  ASSERT_TRUE(page.peer().send(polls));
  EXPECT_TRUE(server.until_metric("tayori_sessions", "1"));
  page.peer().reset();
  // Ends the one that is held.
  net::LoopbackPeer beacon(server.public_port());
  ASSERT_TRUE(beacon.send(request("close", page.listening().opening())));
  EXPECT_EQ(await_answer(beacon).status, 204);
  beacon.close();
  EXPECT_TRUE(server.until_metric("tayori_sessions", "0"));
  EXPECT_TRUE(server.until_metric("tayori_connections", "1"));
}

TEST(HttpTransports, tell_their_pages_that_the_server_stops) {
  server::Config config = quick_config();
  config.server.drain = seconds{4};
  RunningServer server(config);
  const std::string token = server.token("ann");
  StreamingPage streaming(server.public_port(), Listening(token));
  PollingPage polling(server.public_port(), token);
  polling.poll();
  polling.ask();
  EXPECT_TRUE(server.until_metric("tayori_sessions", "2"));
  std::thread stopping([&] { server.stop(); });
  polling.take_answer();
  while (streaming.next()) continue;
  EXPECT_FALSE(streaming.peer().was_reset());
  streaming.peer().close();
  for (const Listening& page : {polling.listening(), streaming.listening()}) {
    ASSERT_EQ(page.others().size(), 1U);
    EXPECT_THAT(page.others().front(), HasSubstr("\"name\":\"shutting_down\""));
  }
  stopping.join();
}

TEST(HttpTransports, do_not_hinder_a_stop_while_they_come_all_the_time) {
  RunningServer server;
  const std::uint16_t port = server.public_port();
  const std::string token = server.token("ann");
  std::vector<std::thread> coming;
  for (int i = 0; i < 3; ++i) {
    coming.emplace_back([&, i] {
      try {
        for (int round = 0;; ++round) {
          net::LoopbackPeer peer(port);
          const std::string body =
              R"({"token":")" + token + R"(","session":"w)" + std::to_string(round % 3) + "\"}";
          peer.send(request(i == 0 ? "sse" : i == 1 ? "poll" : "close", body));
          peer.until_or_end([&] { return !peer.received().empty(); });
        }
      } catch (const std::runtime_error&) {
        // Nobody listens any more.
      }
    });
  }
  EXPECT_TRUE(server.until_metric("tayori_clients_present", "1"));
  server.stop();
  for (std::thread& thread : coming) thread.join();
}

}  // namespace
}  // namespace tayori::wire
