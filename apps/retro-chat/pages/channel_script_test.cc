#include "pages/channel_script.h"

#include <gtest/gtest.h>

namespace retrochat {
namespace {

TEST(ChannelScript, is_the_pages_own_unless_there_is_another_server) {
  EXPECT_EQ(ChannelScript{}.url, "/_ah/channel/jsapi");
  EXPECT_EQ(ChannelScript{}.origin, "");
}

TEST(ChannelScript, lies_under_the_servers_prefix) {
  const auto plain = ChannelScript::of("http://127.0.0.1:8080", "/_ah/channel/");
  EXPECT_EQ(plain->url, "http://127.0.0.1:8080/_ah/channel/jsapi");
  EXPECT_EQ(plain->origin, "http://127.0.0.1:8080");
  EXPECT_FALSE(plain->is_https());
  const auto below = ChannelScript::of("https://example.org/push/", "/c/");
  EXPECT_EQ(below->url, "https://example.org/push/c/jsapi");
  EXPECT_EQ(below->origin, "https://example.org");
  EXPECT_TRUE(below->is_https());
  EXPECT_EQ(ChannelScript::of("http://[::1]:1", "/c/")->origin, "http://[::1]:1");
}

TEST(ChannelScript, is_made_of_plain_addresses_only) {
  for (const char* url : {"", "example.org", "ftp://example.org", "https://", "https:///x",
                          "https://a b", "https://a;script-src *", "https://a'b", "https://a/?x",
                          "https://user@example.org", "https://a\r\nX: y"}) {
    EXPECT_FALSE(ChannelScript::of(url, "/c/")) << url;
  }
  for (const char* prefix : {"", "c/", "/c", "/c d/", "/\"/"}) {
    EXPECT_FALSE(ChannelScript::of("https://example.org", prefix)) << prefix;
  }
}

}  // namespace
}  // namespace retrochat
