#include "web/client_address.h"

#include <gtest/gtest.h>

namespace retrochat {
namespace {

std::vector<Network> networks(std::initializer_list<const char*> texts) {
  std::vector<Network> all;
  for (const char* text : texts) all.push_back(*Network::parse(text));
  return all;
}

std::string client(const std::string& peer, std::initializer_list<const char*> forwarded = {},
                   std::initializer_list<const char*> proxies = {"127.0.0.1", "10.1.0.0/16",
                                                                 "::1"}) {
  tayori::HttpRequest request;
  request.peer = peer;
  request.fields.push_back({"Host", "chat.test"});
  for (const char* each : forwarded) request.fields.push_back({"X-Forwarded-For", each});
  return ClientAddress(networks(proxies)).of(request);
}

TEST(ClientAddress, is_the_peers_where_nobody_is_in_between) {
  EXPECT_EQ(client("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(client("127.0.0.1"), "127.0.0.1");
}

TEST(ClientAddress, is_believed_of_named_proxies_only) {
  EXPECT_EQ(client("127.0.0.1", {"192.0.2.1"}), "192.0.2.1");
  EXPECT_EQ(client("::ffff:127.0.0.1", {"192.0.2.1"}), "192.0.2.1");
  EXPECT_EQ(client("10.1.255.255", {"192.0.2.1"}), "192.0.2.1");
  EXPECT_EQ(client("10.2.0.0", {"192.0.2.1"}), "10.2.0.0");
  EXPECT_EQ(client("198.51.100.7", {"192.0.2.1"}), "198.51.100.7");
  EXPECT_EQ(client("127.0.0.1", {"192.0.2.1"}, {}), "127.0.0.1");
}

TEST(ClientAddress, is_the_first_from_the_right_that_is_no_proxys) {
  EXPECT_EQ(client("127.0.0.1", {"203.0.113.9, 192.0.2.1 , 10.1.0.4"}), "192.0.2.1");
  EXPECT_EQ(client("127.0.0.1", {"203.0.113.9", "192.0.2.1", "10.1.0.4"}), "192.0.2.1");
  EXPECT_EQ(client("127.0.0.1", {"10.1.0.5,10.1.0.4"}), "10.1.0.5");
}

TEST(ClientAddress, is_the_last_that_can_be_told_where_something_else_is_said) {
  for (const char* said : {"", ",", "unknown", "unknown, ", "_hidden", "192.0.2.1:x:y", "[", "[]",
                           "]:", "192.0.2.256", "0x7f.1", "192.0.2.1 10.1.0.4"})
    EXPECT_EQ(client("127.0.0.1", {said}), "127.0.0.1") << said;
  EXPECT_EQ(client("127.0.0.1", {"192.0.2.1, unknown, 10.1.0.4"}), "10.1.0.4");
  EXPECT_EQ(client("not an address"), "not an address");
}

TEST(ClientAddress, is_found_beside_a_port) {
  EXPECT_EQ(client("127.0.0.1", {"192.0.2.1:4711"}), "192.0.2.1");
  EXPECT_EQ(client("127.0.0.1", {"[2001:db8:1:2:3::4]:4711"}), "2001:db8:1:2::/64");
  EXPECT_EQ(client("127.0.0.1", {"[2001:db8:1:2:3::4]"}), "2001:db8:1:2::/64");
}

TEST(ClientAddress, of_ipv6_is_what_one_line_has) {
  EXPECT_EQ(client("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(client("2001:db8:1:2::"), client("2001:db8:1:2:ffff:ffff:ffff:ffff"));
  EXPECT_NE(client("2001:db8:1:2::1"), client("2001:db8:1:3::1"));
  EXPECT_EQ(client("::ffff:192.0.2.1"), "192.0.2.1");
}

TEST(Network, is_an_address_or_a_block) {
  for (const char* bad : {"", "x", "127.0.0.1/", "127.0.0.1/33", "127.0.0.1/-1", "::1/129",
                          "10.0.0.0/8 ", "10.0.0.0/8x", "localhost", "10.0.0"})
    EXPECT_FALSE(Network::parse(bad)) << bad;
  EXPECT_EQ(client("10.9.8.7", {"192.0.2.1"}, {"10.0.0.0/8"}), "192.0.2.1");
  EXPECT_EQ(client("11.0.0.0", {"192.0.2.1"}, {"10.0.0.0/8"}), "11.0.0.0");
  EXPECT_EQ(client("10.127.0.1", {"192.0.2.1"}, {"10.64.0.0/10"}), "192.0.2.1");
  EXPECT_EQ(client("10.128.0.1", {"192.0.2.1"}, {"10.64.0.0/10"}), "10.128.0.1");
  EXPECT_EQ(client("203.0.113.1", {"192.0.2.1"}, {"0.0.0.0/0"}), "192.0.2.1");
  EXPECT_EQ(client("2001:db8::9", {"192.0.2.1"}, {"2001:db8::/32"}), "192.0.2.1");
  EXPECT_EQ(client("2001:db9::9", {"192.0.2.1"}, {"2001:db8::/32"}), "2001:db9::/64");
}

}  // namespace
}  // namespace retrochat
