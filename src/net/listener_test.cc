#include "net/listener.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <vector>

#include "net/http_over_loopback.h"

namespace tayori::net {
namespace {

using testing::HasSubstr;

const std::string kGet = "GET /here HTTP/1.1\r\nHost: h\r\n\r\n";

/// A handler that is never asked.
class Nobody final : public HttpHandler {
  void on_request(HttpRequest, HttpExchange) override {}
  HttpResponse on_bad_request(const Error&) override { return {}; }
};

class ListenerTest : public testing::Test {
 protected:
  Result<std::unique_ptr<Listener>> bind(const Listener::Address& address,
                                         Listener::Port port = Listener::Port::alone) {
    return Listener::bind(loop_, address, nobody_, limits_, 10, port);
  }

  base::ManualClock clock_;
  Loop loop_{clock_};
  Nobody nobody_;
  HttpLimits limits_;
};

TEST_F(ListenerTest, takes_any_free_port_for_0) {
  const auto one = bind({.host = "127.0.0.1", .port = 0});
  const auto two = bind({.host = "127.0.0.1", .port = 0});
  ASSERT_TRUE(one);
  ASSERT_TRUE(two);
  EXPECT_NE((*one)->port(), 0);
  EXPECT_NE((*one)->port(), (*two)->port());
}

TEST_F(ListenerTest, says_what_it_cannot_listen_on_and_why) {
  const auto taken = bind({.host = "127.0.0.1", .port = 0});
  ASSERT_TRUE(taken);
  const auto refused = bind({.host = "127.0.0.1", .port = (*taken)->port()});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "Cannot listen on 127.0.0.1 port " +
                                        std::to_string((*taken)->port()) +
                                        ": Address already in use.");
}

TEST_F(ListenerTest, shares_a_port_with_listeners_that_are_told_to) {
  const auto first = bind({.host = "127.0.0.1", .port = 0});
  ASSERT_TRUE(first);
  EXPECT_TRUE(bind({.host = "127.0.0.1", .port = (*first)->port()}, Listener::Port::shared));
}

TEST_F(ListenerTest, refuses_a_port_that_another_program_has) {
  const int handle = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const name = reinterpret_cast<sockaddr*>(&address);
  ASSERT_EQ(::bind(handle, name, size), 0);
  ASSERT_EQ(::listen(handle, 1), 0);
  ASSERT_EQ(::getsockname(handle, name, &size), 0);
  for (const auto port : {Listener::Port::alone, Listener::Port::shared}) {
    EXPECT_FALSE(bind({.host = "127.0.0.1", .port = ntohs(address.sin_port)}, port));
  }
  ::close(handle);
}

TEST_F(ListenerTest, takes_a_port_whose_last_connections_have_just_ended) {
  std::uint16_t port = 0;
  {
    HttpOverLoopback server;
    server.answer = echo_path;
    port = server.listener->port();
    auto peer = server.connect();
    ASSERT_TRUE(peer.send("GET / HTTP/1.0\r\n\r\n"));
    ASSERT_TRUE(peer.until_end());
  }
  EXPECT_TRUE(bind({.host = "127.0.0.1", .port = port}));
}

TEST_F(ListenerTest, refuses_what_is_no_address_of_this_machine) {
  for (const char* host : {"localhost", "", "127.0.0.256", "[::1]", "192.0.2.1"}) {
    const auto refused = bind({.host = host, .port = 0});
    ASSERT_FALSE(refused) << host;
    EXPECT_THAT(refused.error().detail, HasSubstr(std::string("Cannot listen on ") + host));
  }
}

TEST(ListenerConnections, beyond_the_limit_are_closed_at_once_and_counted) {
  HttpOverLoopback server({}, 2);
  server.answer = echo_path;
  auto one = server.connect();
  auto two = server.connect();
  auto three = server.connect();
  EXPECT_TRUE(three.until_end());
  EXPECT_EQ(three.received(), "");
  EXPECT_EQ(server.loop.traffic().connections_refused.value(), 1U);
  EXPECT_EQ(server.loop.traffic().connections_accepted.value(), 3U);
  ASSERT_TRUE(one.send(kGet));
  EXPECT_EQ(await_answer(one).body, "/here");

  two.close();
  ASSERT_TRUE(one.until([&] { return server.loop.traffic().connections_open.value() == 1; }));
  auto four = server.connect();
  ASSERT_TRUE(four.send(kGet));
  EXPECT_EQ(await_answer(four).body, "/here");
}

// Without a pause it would ask for a descriptor again and again, and take the core.
TEST(ListenerConnections, wait_when_the_process_has_no_descriptors_left) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizer needs descriptors of its own";
#endif
  HttpOverLoopback server;
  server.answer = echo_path;
  rlimit usual{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &usual), 0);
  const rlimit tight{.rlim_cur = 200, .rlim_max = usual.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &tight), 0);
  std::vector<int> taken;
  for (int handle = ::dup(0); handle >= 0; handle = ::dup(0)) taken.push_back(handle);
  ASSERT_EQ(errno, EMFILE);
  const auto give_one_back = [&] {
    ::close(taken.back());
    taken.pop_back();
  };
  give_one_back();
  auto peer = server.connect();
  ASSERT_TRUE(peer.send(kGet));
  std::size_t steps = 0;
  for (int turns = 0; turns < 1'000; ++turns) steps += server.loop.context().poll();
  EXPECT_LT(steps, 100U);
  EXPECT_TRUE(server.requests.empty());
  while (!taken.empty()) give_one_back();
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &usual), 0);
  EXPECT_EQ(await_answer(peer).body, "/here");
}

TEST(ListenerConnections, live_on_when_no_more_are_accepted) {
  HttpOverLoopback server;
  server.answer = echo_path;
  auto peer = server.connect();
  ASSERT_TRUE(peer.send(kGet));
  EXPECT_EQ(await_answer(peer).body, "/here");
  server.on_loop([&] { server.listener->close(); });
  EXPECT_THROW(server.connect(), std::runtime_error);
  ASSERT_TRUE(peer.send(kGet));
  EXPECT_EQ(await_answer(peer).body, "/here");
}

TEST(ListenerConnections, that_end_before_they_are_accepted_do_no_harm) {
  HttpOverLoopback server;
  server.answer = echo_path;
  for (int i = 0; i < 20; ++i) server.connect().reset();
  auto peer = server.connect();
  ASSERT_TRUE(peer.send(kGet));
  EXPECT_EQ(await_answer(peer).body, "/here");
}

}  // namespace
}  // namespace tayori::net
