#include "server/endpoint.h"

#include <gtest/gtest.h>

namespace tayori::server {
namespace {

TEST(Endpoint, parses_ipv4_ipv6_and_localhost) {
  EXPECT_EQ(Endpoint::parse("127.0.0.1:8080")->text(), "127.0.0.1:8080");
  EXPECT_EQ(Endpoint::parse("[::1]:8080")->text(), "[::1]:8080");
  EXPECT_EQ(Endpoint::parse("[::1]:8080")->host(), "::1");
  EXPECT_EQ(Endpoint::parse("localhost:0")->text(), "127.0.0.1:0");
  EXPECT_EQ(Endpoint::parse("0.0.0.0:65535")->port(), 65535);
}

TEST(Endpoint, refuses_what_is_no_address_and_port) {
  for (const char* text :
       {"", ":", ":8080", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
        "127.0.0.1:80x", "127.0.0.1: 80", "::1:8080", "[::1]", "[]:80", "[127.0.0.1]:80",
        "example.org:80", "127.1:80", "http://127.0.0.1:80"}) {
    EXPECT_FALSE(Endpoint::parse(text).has_value()) << text;
  }
}

TEST(Endpoint, says_what_it_expected_and_what_it_found) {
  EXPECT_EQ(Endpoint::parse("example.org").error().detail,
            "expected ADDRESS:PORT such as \"127.0.0.1:8080\", \"[::1]:8080\" or \"0.0.0.0:8080\", "
            "found \"example.org\"");
}

TEST(Endpoint, knows_which_addresses_only_this_machine_reaches) {
  for (const char* text :
       {"127.0.0.1:1", "127.9.9.9:1", "localhost:1", "[::1]:1", "[::ffff:127.0.0.1]:1"}) {
    EXPECT_TRUE(Endpoint::parse(text)->is_loopback()) << text;
  }
  for (const char* text :
       {"0.0.0.0:1", "10.0.0.1:1", "[::]:1", "[fe80::1]:1", "[::ffff:10.0.0.1]:1", "128.0.0.1:1"}) {
    EXPECT_FALSE(Endpoint::parse(text)->is_loopback()) << text;
  }
}

}  // namespace
}  // namespace tayori::server
