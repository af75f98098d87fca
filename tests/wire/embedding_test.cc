// A program around the server: its routes, and what it hears of who comes and goes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "running_server.h"
#include "websocket_page.h"

namespace tayori::wire {
namespace {

using testing::ElementsAre;

net::HttpAnswer call(RunningServer& server, const std::string& request) {
  net::LoopbackPeer peer(server.public_port());
  peer.send(request);
  return await_answer(peer);
}

std::string get(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n";
}

TEST(Embedding, runs_the_programs_routes_beside_the_channel_endpoints) {
  RunningServer server(quick_config(), [](Server& embedding) {
    embedding.route("GET", "/rooms/{owner}/{number}", [](const HttpRequest& request) {
      return HttpResponse::text(200, std::string(request.path_value("owner")) + "/" +
                                         std::string(request.path_value("number")));
    });
    embedding.route("POST", "/echo", [](const HttpRequest& request) {
      return HttpResponse::text(200, request.body);
    });
    embedding.route("GET", "/broken",
                    [](const HttpRequest&) -> HttpResponse { throw std::runtime_error("oh"); });
  });
  EXPECT_EQ(call(server, get("/rooms/ann/7")).body, "ann/7");
  EXPECT_EQ(call(server, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi").body,
            "hi");
  EXPECT_EQ(call(server, get("/broken")).status, 500);
  EXPECT_EQ(call(server, get("/rooms")).status, 404);
  EXPECT_EQ(call(server, get("/_ah/channel/jsapi")).status, 200);
}

TEST(Embedding, lets_a_route_make_channels_and_send) {
  RunningServer server(quick_config(), [&](Server& embedding) {
    embedding.route("GET", "/token", [&embedding](const HttpRequest&) {
      return HttpResponse::text(200, embedding.create_channel(*ClientId::parse("ann"))->token);
    });
    embedding.route("POST", "/say", [&embedding](const HttpRequest& request) {
      embedding.send_message(*ClientId::parse("ann"), *Payload::parse(request.body));
      return HttpResponse::text(200, "");
    });
  });
  WebSocketPage page(server.public_port());
  page.open(call(server, get("/token")).body);
  call(server, "POST /say HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi");
  EXPECT_EQ(page.next_message().data, "hi");
}

TEST(Embedding, answers_pipelined_routes_in_order) {
  RunningServer server(quick_config(), [](Server& embedding) {
    embedding.route("GET", "/{number}", [](const HttpRequest& request) {
      return HttpResponse::text(200, std::string(request.path_value("number")));
    });
  });
  net::LoopbackPeer peer(server.public_port());
  std::string requests;
  for (int i = 0; i < 100; ++i) requests += get("/" + std::to_string(i));
  ASSERT_TRUE(peer.send(requests));
  for (int i = 0; i < 100; ++i) ASSERT_EQ(await_answer(peer).body, std::to_string(i));
}

TEST(Embedding, serves_many_connections_at_once) {
  std::atomic<int> handled = 0;
  RunningServer server(quick_config(), [&](Server& embedding) {
    embedding.route("GET", "/", [&](const HttpRequest&) {
      ++handled;
      return HttpResponse::text(200, std::string(10'000, 'x'));
    });
  });
  std::vector<net::LoopbackPeer> peers;
  for (int i = 0; i < 100; ++i) {
    peers.emplace_back(server.public_port());
    ASSERT_TRUE(peers.back().send(get("/")));
  }
  for (net::LoopbackPeer& peer : peers) EXPECT_EQ(await_answer(peer).body.size(), 10'000U);
  EXPECT_EQ(handled, 100);
}

/// What a presence handler was told, one edge at a time.
class PresenceBook {
 public:
  void enter(const PresenceEdge& edge) {
    EXPECT_EQ(++at_work_, 1) << "two edges at a time";
    const std::scoped_lock lock(mutex_);
    const bool came = edge.kind == PresenceEdge::Kind::connected;
    if (edge.generation <= generation_[edge.client_id.text()]) is_ordered_ = false;
    generation_[edge.client_id.text()] = edge.generation;
    edges_.push_back((came ? "+" : "-") + edge.client_id.text());
    --at_work_;
  }
  std::vector<std::string> edges() {
    const std::scoped_lock lock(mutex_);
    return edges_;
  }
  bool is_ordered() {
    const std::scoped_lock lock(mutex_);
    return is_ordered_;
  }
  bool until(std::size_t count) {
    return until_they(
        [count](const std::vector<std::string>& edges) { return edges.size() >= count; });
  }
  template <typename Condition>
  bool until_they(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (!condition(edges())) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
  }

 private:
  std::atomic<int> at_work_ = 0;
  std::mutex mutex_;
  std::vector<std::string> edges_;
  std::map<std::string, std::uint64_t> generation_;
  bool is_ordered_ = true;
};

std::function<void(Server&)> telling(PresenceBook& book) {
  return [&book](Server& server) {
    server.on_presence([&book](const PresenceEdge& edge) { book.enter(edge); });
  };
}

void close_in_order(WebSocketPage& page) {
  page.say("c");
  EXPECT_EQ(page.next_text(), "close 1000");
}

TEST(PresenceHandler, hears_the_first_page_come_and_the_last_one_go) {
  PresenceBook book;
  RunningServer server(quick_config(), telling(book));
  WebSocketPage one(server.public_port());
  one.open(server.token("ann"));
  WebSocketPage two(server.public_port());
  two.open(server.token("ann"));
  close_in_order(one);
  close_in_order(two);
  ASSERT_TRUE(book.until(2));
  WebSocketPage three(server.public_port());
  three.open(server.token("ann"));
  ASSERT_TRUE(book.until(3));
  EXPECT_THAT(book.edges(), ElementsAre("+ann", "-ann", "+ann"));
  EXPECT_TRUE(book.is_ordered());
}

TEST(PresenceHandler, hears_of_a_lost_page_after_its_grace_time) {
  PresenceBook book;
  server::Config config = quick_config();
  config.presence.grace = std::chrono::milliseconds{100};
  RunningServer server(config, telling(book));
  WebSocketPage page(server.public_port());
  page.open(server.token("ann"));
  page.peer().reset();
  ASSERT_TRUE(book.until(2));
  EXPECT_THAT(book.edges(), ElementsAre("+ann", "-ann"));
}

TEST(PresenceHandler, hears_nothing_of_a_page_that_comes_back_in_time) {
  PresenceBook book;
  server::Config config = quick_config();
  config.presence.grace = std::chrono::hours{1};
  RunningServer server(config, telling(book));
  for (int i = 0; i < 20; ++i) {
    WebSocketPage page(server.public_port());
    page.open(server.token("ann"));
    i % 2 == 0 ? page.peer().reset() : page.peer().close();
  }
  WebSocketPage other(server.public_port());
  other.open(server.token("bob"));
  ASSERT_TRUE(book.until(2));
  EXPECT_THAT(book.edges(), ElementsAre("+ann", "+bob"));
}

TEST(PresenceHandler, hears_edges_of_each_client_in_their_order) {
  PresenceBook book;
  RunningServer server(quick_config(), telling(book));
  constexpr int kRounds = 50;
  const auto come_and_go = [&](const std::string& client) {
    for (int i = 0; i < kRounds; ++i) {
      WebSocketPage page(server.public_port());
      page.open(server.token(client));
      close_in_order(page);
    }
  };
  std::vector<std::thread> threads;
  for (const char* client : {"ann", "bob", "cyd"}) threads.emplace_back(come_and_go, client);
  for (std::thread& thread : threads) thread.join();
  // One that comes on the one loop while its last page goes on the other has not been away: that is no edge.
  ASSERT_TRUE(server.until_metric("tayori_clients_present", "0"));
  ASSERT_TRUE(book.until_they([](const std::vector<std::string>& edges) {
    return std::count_if(edges.begin(), edges.end(), [](auto& edge) { return edge[0] == '+'; }) *
               2 ==
           std::ssize(edges);
  }));
  EXPECT_TRUE(book.is_ordered());
  std::map<std::string, std::string> last;
  for (const std::string& edge : book.edges()) {
    std::string& before = last[edge.substr(1)];
    EXPECT_NE(before, edge) << "the same edge twice in a row";
    before = edge;
  }
  EXPECT_THAT(last, testing::UnorderedElementsAre(testing::Pair("ann", "-ann"),
                                                  testing::Pair("bob", "-bob"),
                                                  testing::Pair("cyd", "-cyd")));
}

TEST(PresenceHandler, may_throw_and_hears_the_next_edge) {
  std::atomic<int> heard = 0;
  RunningServer server(quick_config(), [&](Server& embedding) {
    embedding.on_presence([&](const PresenceEdge&) {
      if (++heard == 1) throw std::runtime_error("oh");
      if (heard == 2) throw 7;
    });
  });
  for (int i = 0; i < 2; ++i) {
    WebSocketPage page(server.public_port());
    page.open(server.token("ann"));
    close_in_order(page);
  }
  WebSocketPage page(server.public_port());
  EXPECT_TRUE(page.peer().until([&] { return heard == 4; }));
}

TEST(PresenceHandler, may_send_and_make_channels) {
  RunningServer server(quick_config(), [&](Server& embedding) {
    embedding.on_presence([&embedding](const PresenceEdge& edge) {
      if (edge.kind != PresenceEdge::Kind::connected) return;
      EXPECT_TRUE(embedding.create_channel(edge.client_id));
      embedding.send_message(edge.client_id, *Payload::parse("welcome"));
    });
  });
  WebSocketPage page(server.public_port());
  page.open(server.token("ann"));
  EXPECT_EQ(page.next_message().data, "welcome");
}

}  // namespace
}  // namespace tayori::wire
