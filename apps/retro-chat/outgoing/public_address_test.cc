#include "outgoing/public_address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <string>
#include <utility>

namespace retrochat {
namespace {

bool is_public(const std::string& text) {
  sockaddr_storage storage{};
  auto* address = reinterpret_cast<sockaddr*>(&storage);
  if (text.find(':') == std::string::npos) {
    storage.ss_family = AF_INET;
    EXPECT_EQ(inet_pton(AF_INET, text.c_str(), &reinterpret_cast<sockaddr_in*>(address)->sin_addr),
              1)
        << text;
    return retrochat::is_public(*address);
  }
  storage.ss_family = AF_INET6;
  EXPECT_EQ(inet_pton(AF_INET6, text.c_str(), &reinterpret_cast<sockaddr_in6*>(address)->sin6_addr),
            1)
      << text;
  return retrochat::is_public(*address);
}

/// IANA's special-purpose registries: every block that is not globally reachable, by its first and last address. Blocks
/// within it that are (such as 192.0.0.9/32) are refused with it: nobody posts to an anycast relay.
TEST(PublicAddress, refuses_each_block_from_its_first_to_its_last_address) {
  constexpr std::pair<const char*, const char*> kBlocks[] = {
      {"0.0.0.0", "0.255.255.255"},
      {"10.0.0.0", "10.255.255.255"},
      {"100.64.0.0", "100.127.255.255"},
      {"127.0.0.0", "127.255.255.255"},
      {"169.254.0.0", "169.254.255.255"},
      {"172.16.0.0", "172.31.255.255"},
      {"192.0.0.0", "192.0.0.255"},
      {"192.0.2.0", "192.0.2.255"},
      {"192.88.99.0", "192.88.99.255"},
      {"192.168.0.0", "192.168.255.255"},
      {"198.18.0.0", "198.19.255.255"},
      {"198.51.100.0", "198.51.100.255"},
      {"203.0.113.0", "203.0.113.255"},
      {"224.0.0.0", "239.255.255.255"},
      {"240.0.0.0", "255.255.255.255"},
      {"::", "::"},
      {"::1", "::1"},
      {"::ffff:0:0", "::ffff:255.255.255.255"},
      {"64:ff9b::", "64:ff9b::ffff:ffff"},
      {"64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"},
      {"100::", "100::ffff:ffff:ffff:ffff"},
      {"100:0:0:1::", "100:0:0:1:ffff:ffff:ffff:ffff"},
      {"2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
      {"ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"}};
  for (const auto& [first, last] : kBlocks) {
    EXPECT_FALSE(is_public(first)) << first;
    EXPECT_FALSE(is_public(last)) << last;
  }
}

TEST(PublicAddress, takes_what_lies_beside_the_blocks) {
  for (const char* address :
       {"1.0.0.0",         "9.255.255.255",   "11.0.0.0",        "126.255.255.255", "128.0.0.0",
        "169.253.255.255", "169.255.0.0",     "191.255.255.255", "192.0.1.0",       "192.0.3.0",
        "192.88.98.255",   "192.88.100.0",    "192.167.255.255", "198.17.255.255",  "198.20.0.0",
        "198.51.99.255",   "198.51.101.0",    "203.0.112.255",   "203.0.114.0",     "2000::",
        "2001:200::",      "2001:db7:ffff::", "2001:db9::",      "2001:ffff::",     "2003::",
        "3ffe::",          "3fff:1000::"})
    EXPECT_TRUE(is_public(address)) << address;
}

TEST(PublicAddress, refuses_what_is_no_address_of_the_internet) {
  sockaddr local{};
  local.sa_family = AF_UNIX;
  EXPECT_FALSE(retrochat::is_public(local));
}

TEST(PublicAddress, takes_what_is_anybodys) {
  for (const char* address :
       {"8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1",
        "192.169.0.1", "223.255.255.255", "2606:4700:4700::1111", "2001:4860:4860::8888"})
    EXPECT_TRUE(is_public(address)) << address;
}

TEST(PublicAddress, refuses_what_is_somebodys_own) {
  for (const char* address : {"0.0.0.0",
                              "0.1.2.3",
                              "10.0.0.1",
                              "100.64.0.1",
                              "100.127.255.255",
                              "127.0.0.1",
                              "127.255.255.254",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.0.0.1",
                              "192.0.2.1",
                              "192.168.1.1",
                              "198.18.0.1",
                              "198.51.100.1",
                              "203.0.113.1",
                              "224.0.0.1",
                              "239.255.255.255",
                              "240.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "::ffff:127.0.0.1",
                              "::ffff:8.8.8.8",
                              "64:ff9b::7f00:1",
                              "fe80::1",
                              "fc00::1",
                              "fd00:ec2::254",
                              "fec0::1",
                              "ff02::1",
                              "2001:db8::1",
                              "2001::1",
                              "2002:7f00:1::",
                              "3fff::1"})
    EXPECT_FALSE(is_public(address)) << address;
}

}  // namespace
}  // namespace retrochat
