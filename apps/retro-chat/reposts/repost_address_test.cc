#include "reposts/repost_address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include "text/limits.h"

namespace retrochat {
namespace {

std::string webhook(std::string_view text, Reach reach = Reach::public_only) {
  const auto address = parse_webhook_address(text, reach);
  return address ? *address : "";
}

std::string instance(std::string_view text, Reach reach = Reach::public_only) {
  const auto address = parse_instance(text, reach);
  return address ? *address : "";
}

TEST(RepostAddress, is_taken_as_typed_but_for_blanks_around_it) {
  EXPECT_EQ(webhook("  https://hooks.example/a/b?c=d  "), "https://hooks.example/a/b?c=d");
  EXPECT_EQ(webhook("https://[2001:db8::1]:8443/x"), "https://[2001:db8::1]:8443/x");
  EXPECT_EQ(webhook("https://hooks.example"), "https://hooks.example");
}

TEST(RepostAddress, is_https_unless_posts_may_go_anywhere) {
  EXPECT_EQ(webhook("http://hooks.example/"), "");
  EXPECT_EQ(webhook("http://127.0.0.1:8080/", Reach::anywhere), "http://127.0.0.1:8080/");
  for (const Reach reach : {Reach::public_only, Reach::anywhere}) {
    for (const char* text :
         {"ftp://hooks.example/", "file:///etc/passwd", "gopher://x/", "hooks.example",
          "//hooks.example/", "HTTPS//hooks.example", "javascript:alert(1)", ""})
      EXPECT_EQ(webhook(text, reach), "") << text;
  }
}

TEST(RepostAddress, holds_nothing_that_another_reader_could_read_otherwise) {
  for (const char* text :
       {"https://", "https:///path", "https://:443/", "https://ann@hooks.example/",
        "https://ann:word@hooks.example/", "https://hooks.example/#part",
        "https://hooks.example\\@evil.example/", "https://hooks.example/a b",
        "https://hooks.example/\r\nHost: evil.example", "https://\xe4\xbe\xbf\xe3\x82\x8a.example/",
        "https://hooks.example/\x7f", "https://?x"})
    EXPECT_EQ(webhook(text), "") << text;
  const std::string path = "https://hooks.example/";
  const auto of_length = [&](std::size_t bytes) {
    return path + std::string(bytes - path.size(), 'x');
  };
  EXPECT_NE(webhook(of_length(limits::kRepostAddressBytes)), "");
  EXPECT_EQ(webhook(of_length(limits::kRepostAddressBytes + 1)), "");
}

TEST(RepostAddress, of_a_mastodon_server_is_scheme_host_and_port) {
  EXPECT_EQ(instance("https://m.example/@ann?x=y"), "https://m.example");
  EXPECT_EQ(instance(" https://m.example:8443 "), "https://m.example:8443");
  EXPECT_EQ(instance("http://localhost:3000/api", Reach::anywhere), "http://localhost:3000");
  EXPECT_EQ(instance("http://m.example"), "");
}

TEST(RepostAddress, sends_only_to_what_is_public_unless_posts_may_go_anywhere) {
  sockaddr_storage storage{};
  auto& address = reinterpret_cast<sockaddr_in&>(storage);
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto& peer = reinterpret_cast<const sockaddr&>(storage);
  const WebReach narrow = web_reach(Reach::public_only);
  EXPECT_FALSE(narrow.peer(peer));
  EXPECT_FALSE(narrow.url("http://hooks.example/"));
  EXPECT_TRUE(narrow.url("https://hooks.example/"));
  const WebReach wide = web_reach(Reach::anywhere);
  EXPECT_TRUE(!wide.peer || wide.peer(peer));
  EXPECT_TRUE(wide.url("http://hooks.example/"));
}

}  // namespace
}  // namespace retrochat
