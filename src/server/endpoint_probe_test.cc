#include "server/endpoint_probe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string>

namespace tayori::server {
namespace {

using boost::asio::ip::tcp;
using ReusePort = boost::asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

TEST(EndpointProbe, finds_out_that_somebody_listens_even_if_the_port_is_shared) {
  boost::asio::io_context context;
  tcp::acceptor other(context, tcp::v4());
  other.set_option(ReusePort(true));
  other.bind({boost::asio::ip::address_v4::loopback(), 0});
  other.listen();
  const std::string text = "127.0.0.1:" + std::to_string(other.local_endpoint().port());

  const auto taken = probe(*Endpoint::parse(text));
  ASSERT_FALSE(taken.has_value());
  EXPECT_EQ(taken.error().detail, "Cannot listen on " + text + ": Address already in use.");
  other.close();
  EXPECT_TRUE(probe(*Endpoint::parse(text)).has_value());
}

TEST(EndpointProbe, refuses_an_address_of_another_machine) {
  // TEST-NET-1 of RFC 5737: nobody's.
  const auto refused = probe(*Endpoint::parse("192.0.2.1:0"));
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(refused.error().detail, testing::HasSubstr("192.0.2.1:0"));
}

TEST(EndpointProbe, has_nothing_against_any_free_port) {
  EXPECT_TRUE(probe(*Endpoint::parse("127.0.0.1:0")).has_value());
}

}  // namespace
}  // namespace tayori::server
