#include "api/browser_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "api/api_over_loopback.h"
#include "net/masked_frame.h"

namespace tayori::api {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::vector<HttpField> kUpgrade{{"Upgrade", "websocket"},
                                      {"Connection", "Upgrade"},
                                      {"Sec-WebSocket-Version", "13"},
                                      {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                                      {"Sec-WebSocket-Protocol", "tayori.v1"}};

std::vector<HttpField> upgrade_from(const std::string& origin) {
  std::vector<HttpField> fields = kUpgrade;
  fields.push_back({"Origin", origin});
  return fields;
}

TEST(BrowserScript, is_served_with_what_caches_need) {
  ApiOverLoopback api;
  const net::HttpAnswer answer = api.get("/_ah/channel/jsapi");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.field("Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(answer.field("Cache-Control"), "no-cache");
  EXPECT_EQ(answer.field("X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(answer.field("ETag"), testing::MatchesRegex("\"[0-9a-f]+\""));
  EXPECT_THAT(answer.body, HasSubstr("appengine"));
}

TEST(BrowserScript, is_not_sent_to_a_page_that_has_it) {
  ApiOverLoopback api;
  const std::string etag = api.get("/_ah/channel/jsapi").field("ETag");
  for (const std::string& known : {etag, "W/" + etag, "\"other\", " + etag, std::string("*")}) {
    const net::HttpAnswer answer =
        api.call("GET", "/_ah/channel/jsapi", {{"If-None-Match", known}});
    EXPECT_EQ(answer.status, 304) << known;
    EXPECT_EQ(answer.field("ETag"), etag);
    EXPECT_EQ(answer.field("Cache-Control"), "no-cache");
    EXPECT_EQ(answer.field("Content-Length"), "");
    EXPECT_EQ(answer.field("Content-Type"), "");
    EXPECT_EQ(answer.body, "");
  }
  for (const std::string& other : {std::string("\"other\""), etag.substr(1), std::string("")}) {
    EXPECT_EQ(api.call("GET", "/_ah/channel/jsapi", {{"If-None-Match", other}}).status, 200)
        << other;
  }
}

TEST(BrowserScript, answers_head_with_its_length) {
  ApiOverLoopback api;
  const net::HttpAnswer whole = api.get("/_ah/channel/jsapi");
  const net::HttpAnswer head = api.call("HEAD", "/_ah/channel/jsapi");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.field("Content-Length"), std::to_string(whole.body.size()));
  EXPECT_EQ(head.field("ETag"), whole.field("ETag"));
  EXPECT_EQ(head.body, "");
}

TEST(BrowserScript, leaves_its_neighbours_to_the_program) {
  ApiOverLoopback api;
  for (const char* path : {"/_ah/channel/", "/_ah/channel/jsapi/", "/_ah/channel/connected/"}) {
    EXPECT_EQ(outcome(api.get(path)), "404 not_found");
  }
}

TEST(WebSocketRoute, switches_and_adopts) {
  ApiOverLoopback api;
  net::LoopbackPeer peer = api.connect();
  std::string bytes = "GET /_ah/channel/ws HTTP/1.1\r\nHost: h\r\n";
  for (const HttpField& field : kUpgrade) bytes += field.name + ": " + field.value + "\r\n";
  // The token frame in the same packet: it must not be lost.
  bytes += "\r\n" + net::masked_frame("t{\"token\":\"" + api.token("ann") + "\"}");
  ASSERT_TRUE(peer.send(bytes));
  const net::HttpAnswer answer = await_answer(peer);
  EXPECT_EQ(answer.status, 101);
  EXPECT_EQ(answer.field("Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  EXPECT_EQ(answer.field("Sec-WebSocket-Protocol"), "tayori.v1");
  EXPECT_EQ(answer.field("Sec-WebSocket-Extensions"), "");
  ASSERT_TRUE(peer.until([&] { return peer.received().size() > 3; }));
  EXPECT_THAT(peer.received().substr(2), StartsWith("o{\"session\":"));
  EXPECT_EQ(api.loop_hub.counters().sessions_open.value(), 1U);
}

TEST(WebSocketRoute, tells_other_requests_what_it_speaks) {
  ApiOverLoopback api;
  std::vector<HttpField> old_version = kUpgrade;
  old_version[2].value = "8";
  for (const auto& fields : {std::vector<HttpField>{}, old_version}) {
    const net::HttpAnswer answer = api.call("GET", "/_ah/channel/ws", fields);
    EXPECT_EQ(outcome(answer), "426 upgrade_required");
    EXPECT_EQ(answer.field("Upgrade"), "websocket");
    EXPECT_EQ(answer.field("Connection"), "Upgrade");
    EXPECT_EQ(answer.field("Sec-WebSocket-Version"), "13");
  }
  EXPECT_EQ(api.loop_hub.counters().refused(ErrorCode::upgrade_required).value(), 2U);
}

TEST(WebSocketRoute, refuses_what_asks_wrongly) {
  ApiOverLoopback api;
  std::vector<HttpField> bad_key = kUpgrade;
  bad_key[3].value = "short";
  EXPECT_EQ(outcome(api.call("GET", "/_ah/channel/ws", bad_key)), "400 invalid_request");
  EXPECT_EQ(outcome(api.call("POST", "/_ah/channel/ws", kUpgrade)), "405 method_not_allowed");
  EXPECT_EQ(api.call("HEAD", "/_ah/channel/ws", kUpgrade).status, 400);
}

TEST(WebSocketRoute, is_not_for_clients_of_http_1_0) {
  ApiOverLoopback api;
  net::LoopbackPeer peer = api.connect();
  std::string bytes = "GET /_ah/channel/ws HTTP/1.0\r\n";
  for (const HttpField& field : kUpgrade) bytes += field.name + ": " + field.value + "\r\n";
  ASSERT_TRUE(peer.send(bytes + "\r\n"));
  EXPECT_EQ(await_answer(peer).status, 426);
}

TEST(WebSocketRoute, lets_in_pages_of_allowed_origins_and_clients_without_one) {
  ApiOverLoopback api({.origins = {"https://example.org", "https://*.example.net"}});
  const auto status = [&](const std::vector<HttpField>& fields) {
    return outcome(api.call("GET", "/_ah/channel/ws", fields));
  };
  EXPECT_EQ(status(kUpgrade), "101");
  EXPECT_EQ(status(upgrade_from("https://example.org")), "101");
  EXPECT_EQ(status(upgrade_from("https://a.example.net")), "101");
  for (const char* origin :
       {"https://evil.example", "http://example.org", "https://evilexample.net",
        "https://example.org.evil.example", "null", "https://a.example.org",
        "https://example.org:8443", "https://user@example.org"}) {
    EXPECT_EQ(status(upgrade_from(origin)), "403 origin_not_allowed") << origin;
  }
  EXPECT_EQ(api.loop_hub.counters().refused(ErrorCode::origin_not_allowed).value(), 8U);
}

// A second line must not be the one that is looked at.
TEST(WebSocketRoute, refuses_two_origins) {
  ApiOverLoopback api({.origins = {"https://example.org"}});
  auto fields = upgrade_from("https://evil.example");
  fields.push_back({"Origin", "https://example.org"});
  EXPECT_EQ(outcome(api.call("GET", "/_ah/channel/ws", fields)), "403 origin_not_allowed");
}

TEST(WebSocketRoute, lets_in_every_origin_by_default) {
  ApiOverLoopback api;
  for (const char* origin : {"https://anywhere.example", "null", "file://"}) {
    EXPECT_EQ(api.call("GET", "/_ah/channel/ws", upgrade_from(origin)).status, 101) << origin;
  }
}

TEST(WebSocketRoute, turns_pages_away_while_the_server_drains) {
  ApiOverLoopback api;
  api.loop.post([&] { api.loop_hub.drain(); });
  const net::HttpAnswer answer = api.call("GET", "/_ah/channel/ws", kUpgrade);
  EXPECT_EQ(outcome(answer), "503 shutting_down");
  EXPECT_EQ(answer.field("Retry-After"), "1");
}

}  // namespace
}  // namespace tayori::api
