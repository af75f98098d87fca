// How a server goes: told to everybody, and in bounded time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "running_server.h"
#include "websocket_page.h"

namespace tayori::wire {
namespace {

using std::chrono::seconds;
using testing::ElementsAreArray;

/// Drains for as long as a server may.
server::Config patient_config() {
  server::Config config = quick_config();
  config.server.drain = seconds{4};
  return config;
}

TEST(Shutdown, tells_every_page_to_come_back) {
  RunningServer server(patient_config());
  std::vector<std::unique_ptr<WebSocketPage>> pages;
  for (int i = 0; i < 20; ++i) {
    pages.push_back(std::make_unique<WebSocketPage>(server.public_port()));
    if (i % 4 != 0) pages.back()->open(server.token("ann"));
  }
  std::thread stopping([&] { server.stop(); });
  for (auto& page : pages) {
    EXPECT_THAT(page->rest(), ElementsAreArray(ended_for(ErrorCode::shutting_down)));
    EXPECT_FALSE(page->peer().was_reset());
    page->peer().close();
  }
  stopping.join();
}

TEST(Shutdown, sends_what_was_published_before_it) {
  RunningServer server(patient_config());
  WebSocketPage page(server.public_port());
  page.open(server.token("ann"));
  for (int i = 0; i < 100; ++i) server.send("ann", std::to_string(i));
  std::thread stopping([&] { server.stop(); });
  for (int i = 0; i < 100; ++i) EXPECT_EQ(page.next_message().data, std::to_string(i));
  EXPECT_THAT(page.rest(), ElementsAreArray(ended_for(ErrorCode::shutting_down)));
  page.peer().close();
  stopping.join();
}

TEST(Shutdown, comes_with_sigterm_as_with_stop) {
  RunningServer server(patient_config());
  WebSocketPage page(server.public_port());
  page.open(server.token("ann"));
  ASSERT_EQ(std::raise(SIGTERM), 0);
  EXPECT_THAT(page.rest(), ElementsAreArray(ended_for(ErrorCode::shutting_down)));
}

bool nobody_listens_on(std::uint16_t port) {
  try {
    const net::LoopbackPeer peer(port);
    return false;
  } catch (const std::runtime_error&) {
    return true;
  }
}

TEST(Shutdown, drops_readiness_and_takes_no_more_pages_while_it_waits) {
  RunningServer server(patient_config());
  WebSocketPage stubborn(server.public_port());
  stubborn.open(server.token("ann"));
  net::LoopbackPeer connected(server.public_port());
  ASSERT_TRUE(connected.send("GET /_ah/channel/jsapi HTTP/1.1\r\nHost: h\r\n\r\n"));
  EXPECT_EQ(await_answer(connected).status, 200);
  EXPECT_EQ(server.ask("/readyz").status, 200);
  const std::uint16_t internal = server.internal_port();
  const std::uint16_t pages = server.public_port();

  std::thread stopping([&] { server.stop(); });
  // It has been told, and does not answer its close: the server waits for it.
  EXPECT_EQ(stubborn.next_text(), ended_for(ErrorCode::shutting_down).front());
  net::LoopbackPeer operators(internal);
  ASSERT_TRUE(operators.send("GET /readyz HTTP/1.1\r\nHost: h\r\n\r\n"));
  EXPECT_EQ(await_answer(operators).status, 503);
  EXPECT_TRUE(operators.until([&] { return nobody_listens_on(pages); }));
  // A connection that was there already is turned away.
  ASSERT_TRUE(connected.send(kUpgrade));
  EXPECT_EQ(await_answer(connected).status, 503);
  stubborn.peer().close();
  stopping.join();
}

TEST(Shutdown, does_not_wait_for_ever_for_pages_that_do_not_close) {
  RunningServer server(patient_config());
  WebSocketPage open(server.public_port());
  open.open(server.token("ann"));
  WebSocketPage without_token(server.public_port());
  net::LoopbackPeer half(server.public_port());
  ASSERT_TRUE(half.send("GET / HTTP/1.1\r\n"));
  auto stopped = std::async(std::launch::async, [&] { server.stop(); });
  EXPECT_EQ(stopped.wait_for(seconds{60}), std::future_status::ready);
}

TEST(Shutdown, answers_requests_whose_handlers_are_at_work) {
  std::promise<void> started;
  std::promise<void> go;
  RunningServer server(patient_config(), [&](Server& embedding) {
    embedding.route("GET", "/slow", [&](const HttpRequest&) {
      started.set_value();
      go.get_future().wait();
      return HttpResponse::text(200, "done");
    });
  });
  net::LoopbackPeer peer(server.public_port());
  ASSERT_TRUE(peer.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n"));
  started.get_future().wait();
  std::thread stopping([&] { server.stop(); });
  EXPECT_TRUE(peer.until([&] { return server.ask("/readyz").status == 503; }));
  go.set_value();
  EXPECT_EQ(await_answer(peer).body, "done");
  stopping.join();
}

TEST(Shutdown, ends_with_pages_coming_all_the_time) {
  RunningServer server;
  const std::uint16_t port = server.public_port();
  const std::string token = server.token("ann");
  std::vector<std::thread> coming;
  for (int i = 0; i < 3; ++i) {
    coming.emplace_back([&] {
      try {
        while (true) {
          net::LoopbackPeer peer(port);
          peer.send(std::string(kUpgrade) + net::masked_frame(WebSocketPage::token_frame(token)));
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

TEST(Shutdown, leaves_its_port_to_a_successor) {
  server::Config config = quick_config();
  for (int i = 0; i < 3; ++i) {
    RunningServer server(config);
    config.public_.listen = "127.0.0.1:" + std::to_string(server.public_port());
    WebSocketPage page(server.public_port());
    page.open(server.token("ann"));
  }
}

TEST(Shutdown, leaves_publishing_without_harm) {
  RunningServer server;
  server.stop();
  server.send("ann", "nobody hears");
  EXPECT_TRUE(server.server().create_channel(*ClientId::parse("ann")));
}

}  // namespace
}  // namespace tayori::wire
