#include "reposts/public_address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <string>

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
