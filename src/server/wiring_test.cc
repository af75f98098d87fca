#include "server/wiring.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>

#include "net/http_answer.h"
#include "net/loopback_peer.h"

namespace tayori::server {
namespace {

Config config() {
  Config config;
  config.public_.listen = "127.0.0.1:0";
  config.internal.listen = "127.0.0.1:0";
  config.server.loops = 1;
  return config;
}

net::HttpAnswer get(const std::string& url, const std::string& path,
                    const std::string& fields = "") {
  net::LoopbackPeer peer(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
  peer.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n");
  return await_answer(peer);
}

TEST(TokenKeyOrRandom, keeps_a_key_and_makes_one_where_there_is_none) {
  EXPECT_EQ(token_key_or_random("given"), "given");
  const std::string made = token_key_or_random("");
  EXPECT_GE(made.size(), access::kTokenKeyBytes);
  EXPECT_NE(made, token_key_or_random(""));
}

TEST(Wiring, takes_tokens_of_the_key_before_this_one) {
  Config before = config();
  before.tokens.key = std::string(32, 'a');
  Config after = config();
  after.tokens.key = std::string(32, 'b');
  after.tokens.previous_key = before.tokens.key;
  Wiring one(before);
  Wiring two(after);
  ASSERT_TRUE(one.start());
  ASSERT_TRUE(two.start());
  const ClientId ann = *ClientId::parse("ann");
  EXPECT_TRUE(two.hub().read_token(one.hub().create_channel(ann, {})->token));
  EXPECT_FALSE(one.hub().read_token(two.hub().create_channel(ann, {})->token));
}

TEST(Wiring, refuses_origins_that_are_none) {
  Config bad = config();
  bad.public_.origins = {"https://*"};
  Wiring wiring(bad);
  EXPECT_FALSE(wiring.start());
}

TEST(Wiring, turns_away_pages_of_other_origins) {
  Config own = config();
  own.public_.origins = {"https://example.org"};
  Wiring wiring(own);
  ASSERT_TRUE(wiring.start());
  const auto status = [&](const std::string& origin) {
    return get(wiring.public_url(), "/_ah/channel/ws",
               "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: " +
                   origin + "\r\n")
        .status;
  };
  EXPECT_EQ(status("https://example.org"), 101);
  EXPECT_EQ(status("https://example.com"), 403);
}

TEST(Wiring, tells_backends_where_pages_find_it) {
  const auto told = [](const Config& chosen) {
    Wiring wiring(chosen);
    EXPECT_TRUE(wiring.start());
    const std::string url = wiring.internal_url();
    net::LoopbackPeer peer(static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))));
    peer.send(
        "POST /v1/server HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
        "Content-Length: 2\r\n\r\n{}");
    const std::string body = await_answer(peer).body;
    EXPECT_THAT(body, testing::StartsWith(R"({"version":")"));
    EXPECT_EQ(body.find(wiring.public_url()) == std::string::npos, !chosen.public_.url.empty());
    return body.substr(body.find(R"("public_url")"));
  };
  Config chosen = config();
  EXPECT_THAT(told(chosen), testing::StartsWith(R"("public_url":"http://127.0.0.1:)"));
  chosen.public_.url = "https://push.example.org/";
  chosen.public_.prefix = "/push/";
  EXPECT_EQ(told(chosen), "\"public_url\":\"https://push.example.org\",\"prefix\":\"/push/\"}\n");
}

TEST(Wiring, is_ready_from_its_start_to_its_end) {
  Wiring wiring(config());
  ASSERT_TRUE(wiring.start());
  EXPECT_EQ(get(wiring.internal_url(), "/readyz").status, 200);
  const std::string url = wiring.internal_url();
  wiring.stop();
  wiring.run_until_signal();
  EXPECT_THROW(get(url, "/readyz"), std::runtime_error);
}

TEST(Wiring, has_as_many_loops_as_cores_unless_told_otherwise) {
  for (const std::size_t loops : {0U, 1U, 3U}) {
    Config chosen = config();
    chosen.server.loops = loops;
    Wiring wiring(chosen);
    ASSERT_TRUE(wiring.start());
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    EXPECT_EQ(wiring.hub().loops().size(), loops == 0 ? cores : loops);
  }
}

}  // namespace
}  // namespace tayori::server
