// What requests to sse, poll and close must look like, and what their answers do. What comes within them is told by
// the tests of hub's pages.
#include "api/http_transport_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "api/api_over_loopback.h"

namespace tayori::api {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

constexpr const char* kSse = "/_ah/channel/sse";
constexpr const char* kPoll = "/_ah/channel/poll";
constexpr const char* kClose = "/_ah/channel/close";

std::string opening(const std::string& token, const std::string& more = "") {
  return R"({"token":")" + token + "\"" + more + "}";
}

std::vector<HttpField> bearer(const std::string& token) {
  return {{"Authorization", "Bearer " + token}};
}

/// An answer without end, as far as it has come.
struct Stream {
  Stream(ApiOverLoopback& api, const std::string& request) : peer(api.connect()) {
    EXPECT_TRUE(peer.send(request));
    head = await_answer(peer);
  }
  static std::string get(const std::string& target, const std::vector<HttpField>& fields) {
    std::string request = "GET " + target + " HTTP/1.1\r\nHost: h\r\n";
    for (const HttpField& field : fields) request += field.name + ": " + field.value + "\r\n";
    return request + "\r\n";
  }
  static std::string post(const std::string& type, const std::string& body) {
    return std::string("POST ") + kSse + " HTTP/1.1\r\nHost: h\r\nContent-Type: " + type +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  /// Whether `text` comes.
  bool until(const std::string& text) {
    return peer.until_or_end([&] { return peer.received().find(text) != std::string::npos; });
  }

  net::LoopbackPeer peer;
  net::HttpAnswer head;
};

void send(ApiOverLoopback& api, std::string_view client, std::string text) {
  api.loop.post([&api, client = *ClientId::parse(client), text = std::move(text)] {
    api.hub.publish({broker::Topic::of(client), *Payload::parse(text)}, {});
  });
  api.turn();
}

TEST(SseRoute, begins_at_once_with_what_proxies_need) {
  ApiOverLoopback api;
  Stream stream(api, Stream::post("text/plain", opening(api.token("ann"))));
  EXPECT_EQ(stream.head.status, 200);
  EXPECT_EQ(stream.head.field("Content-Type"), "text/event-stream");
  EXPECT_EQ(stream.head.field("Cache-Control"), "no-store, no-transform");
  EXPECT_EQ(stream.head.field("X-Accel-Buffering"), "no");
  EXPECT_EQ(stream.head.field("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(stream.head.field("Connection"), "close");
  EXPECT_EQ(stream.head.field("Content-Length"), "");
  EXPECT_EQ(stream.head.field("Transfer-Encoding"), "");
  EXPECT_EQ(stream.head.field("Access-Control-Allow-Origin"), "");
  ASSERT_TRUE(stream.until("data: "));
  EXPECT_THAT(stream.peer.received(),
              StartsWith(":\n\nevent: opened\nid: epoch-0\ndata: {\"session\":\""));
}

TEST(SseRoute, sends_its_head_and_a_comment_before_anything_else_is_done) {
  ApiOverLoopback api;
  net::LoopbackPeer peer = api.connect();
  ASSERT_TRUE(peer.send(Stream::post("text/plain", opening(api.token("ann")))));
  std::size_t first = 0;
  while (first == 0) {
    api.loop.context().poll_one();
    first = peer.waiting();
  }
  ASSERT_TRUE(peer.until([&] { return peer.received().size() > first; }));
  EXPECT_EQ(peer.received().substr(first - 7, 7), "\r\n\r\n:\n\n");
}

TEST(SseRoute, takes_its_opening_as_plain_text_or_as_json) {
  ApiOverLoopback api;
  for (const char* type : {"text/plain", "text/plain;charset=UTF-8", "application/json"}) {
    Stream stream(api, Stream::post(type, opening(api.token("ann"))));
    EXPECT_TRUE(stream.until("event: opened")) << type;
    send(api, "ann", "hello");
    EXPECT_TRUE(stream.until("data: hello\n\n")) << type;
  }
}

TEST(SseRoute, takes_a_bearer_token) {
  ApiOverLoopback api;
  const std::string ann = api.token("ann");
  for (const char* scheme : {"Bearer ", "bearer "}) {
    Stream stream(api, Stream::get(kSse, {{"Authorization", scheme + ann}}));
    EXPECT_EQ(stream.head.status, 200);
    EXPECT_TRUE(stream.until("event: opened"));
  }
  for (const std::string& wrong : {"Basic " + ann, ann, "Bearer" + ann, std::string("Bearer "),
                                   "Bearer " + ann + " x", std::string("Bearer nonsense")}) {
    EXPECT_EQ(outcome(api.call("GET", kSse, {{"Authorization", wrong}})), "401 invalid_token")
        << wrong.substr(0, 20);
  }
}

TEST(SseRoute, goes_on_behind_the_last_event) {
  ApiOverLoopback api;
  const std::string ann = api.token("ann");
  for (const char* text : {"one", "two", "three"}) send(api, "ann", text);
  auto fields = bearer(ann);
  fields.push_back({"Last-Event-ID", "epoch-2"});
  Stream stream(api, Stream::get(kSse, fields));
  ASSERT_TRUE(stream.until("data: three\n\n"));
  EXPECT_THAT(stream.peer.received(), HasSubstr("event: opened\nid: epoch-2\n"));
  EXPECT_THAT(stream.peer.received(), HasSubstr("id: epoch-3\ndata: three\n\n"));
  EXPECT_THAT(stream.peer.received(), Not(HasSubstr("two")));
  fields.back().value = "not a cursor";
  EXPECT_EQ(outcome(api.call("GET", kSse, fields)), "400 invalid_cursor");
}

TEST(SseRoute, takes_no_token_from_the_address_unless_it_is_to) {
  ApiOverLoopback careful;
  EXPECT_EQ(outcome(careful.get(kSse + ("?token=" + careful.token("ann")))), "401 invalid_token");
  ApiOverLoopback open({.takes_token_in_query = true});
  const std::string target = kSse + ("?token=" + open.token("ann"));
  Stream stream(open, Stream::get(target, {}));
  EXPECT_TRUE(stream.until("event: opened"));
  EXPECT_EQ(outcome(open.get(std::string(kSse) + "?token=x")), "401 invalid_token");
  EXPECT_EQ(outcome(open.post(target, "")), "400 invalid_json") << "a POST has a body";
  EXPECT_EQ(outcome(open.call("GET", target, bearer("x"))), "401 invalid_token");
}

TEST(SseRoute, answers_head_with_the_head_of_the_same) {
  ApiOverLoopback api;
  const std::string ann = api.token("ann");
  net::LoopbackPeer peer = api.connect();
  std::string request = Stream::get(kSse, bearer(ann));
  ASSERT_TRUE(peer.send("HEAD" + request.substr(3)));
  EXPECT_TRUE(peer.until_end());
  EXPECT_FALSE(peer.was_reset());
  EXPECT_EQ(peer.received(), Stream(api, request).head.head);
  EXPECT_THAT(peer.received(), Not(HasSubstr("Content-Length")));
  EXPECT_EQ(api.call("HEAD", kSse, bearer("x")).status, 401);
  EXPECT_EQ(api.loop_hub.counters().sessions_opened.value(), 1U) << "of GET";
}

TEST(SseRoute, streams_to_clients_of_http_1_0) {
  ApiOverLoopback api;
  Stream stream(api, std::string("GET ") + kSse + " HTTP/1.0\r\nAuthorization: Bearer " +
                         api.token("ann") + "\r\n\r\n");
  EXPECT_EQ(stream.head.field("Connection"), "close");
  EXPECT_TRUE(stream.until("event: opened"));
}

TEST(SseRoute, answers_nothing_that_comes_behind_its_request) {
  ApiOverLoopback api;
  const std::string ann = api.token("ann");
  Stream stream(api, Stream::get(kSse, bearer(ann)) + Stream::get("/_ah/channel/jsapi", {}));
  ASSERT_TRUE(stream.until("event: opened"));
  ASSERT_TRUE(stream.peer.send(Stream::get(kSse, bearer(ann))));
  send(api, "ann", "last");
  ASSERT_TRUE(stream.until("data: last\n\n"));
  EXPECT_THAT(stream.peer.received(), Not(HasSubstr("HTTP/1.1")));
  EXPECT_EQ(api.loop_hub.counters().sessions_opened.value(), 1U);
}

TEST(SseRoute, tells_when_the_token_runs_out_and_ends) {
  ApiOverLoopback api({.token_life = 1min});
  Stream stream(api, Stream::get(kSse, bearer(api.token("ann"))));
  ASSERT_TRUE(stream.until("event: opened"));
  api.pass(2h);
  EXPECT_TRUE(stream.peer.until_end());
  EXPECT_THAT(stream.peer.received(),
              testing::EndsWith("event: error\ndata: {\"code\":401,\"description\":\"Token+timed+"
                                "out.\",\"reconnect\":false,\"name\":\"token_timed_out\"}\n\n"));
}

TEST(PollRoute, answers_with_frames) {
  ApiOverLoopback api;
  const std::string ann = api.token("ann");
  send(api, "ann", "a \"b\"\nc");
  const net::HttpAnswer answer = api.post(kPoll, opening(ann));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.field("Content-Type"), "application/json");
  EXPECT_EQ(answer.field("Cache-Control"), "no-store, no-transform");
  EXPECT_EQ(answer.field("X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(answer.body, MatchesRegex(R"re(\["o\{.*\}","m1\\na \\"b\\"\\nc"\])re"));
}

TEST(PollRoute, keeps_its_connection_for_the_next) {
  ApiOverLoopback api;
  const std::string ann = api.token("ann");
  net::LoopbackPeer peer = api.connect();
  for (int i = 0; i < 50; ++i) {
    const std::string body = opening(
        ann, i == 0
                 ? ""
                 : R"(,"cursor":"epoch-)" + to_base36({static_cast<std::uint64_t>(i - 1)}) + "\"");
    ASSERT_TRUE(peer.send(std::string("POST ") + kPoll +
                          " HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) +
                          "\r\n\r\n" + body));
    if (i > 0) send(api, "ann", std::to_string(i));
    const net::HttpAnswer answer = await_answer(peer);
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(answer.field("Connection"), "");
    const std::string message = i == 0 ? "" : "\\n" + std::to_string(i);
    EXPECT_THAT(answer.body, testing::EndsWith(message + "\"]"));
  }
  EXPECT_EQ(api.loop.traffic().connections_accepted.value(), 1U);
  EXPECT_EQ(api.edges.size(), 1U) << "present throughout";
}

TEST(PollRoute, bounds_how_long_it_may_be_held) {
  ApiOverLoopback api;
  const std::string ann = api.token("ann");
  for (const char* wait : {"0", "25", "null"}) {
    EXPECT_EQ(api.post(kPoll, opening(ann, R"(,"wait_s":)" + std::string(wait))).status, 200)
        << wait;
  }
  for (const char* wait : {"26", "-1", "1.5", "\"x\"", "\"1\"", "1e1", "true", "[]",
                           "9223372036854775807", "9223372036854775808", "-9223372036854775808"}) {
    EXPECT_EQ(outcome(api.post(kPoll, opening(ann, R"(,"wait_s":)" + std::string(wait)))),
              "400 invalid_request")
        << wait;
  }
}

/// Both ways to listen, and the goodbye, take the same openings.
class HttpOpening : public testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(Routes, HttpOpening, testing::Values(kSse, kPoll, kClose),
                         [](const auto& route) { return std::string(route.param).substr(13); });

TEST_P(HttpOpening, is_one_object_with_a_token) {
  ApiOverLoopback api;
  const std::string ann = api.token("ann");
  const auto refusal = [&](const std::string& body) { return outcome(api.post(GetParam(), body)); };
  for (const char* garbage : {"", "x", "{", "{\"token\":", "\xff", "{}{}", "\0"})
    EXPECT_EQ(refusal(garbage), "400 invalid_json") << garbage;
  for (const char* other : {"[]", "null", "\"x\"", "1", "{}", R"({"token":null})", R"({"token":1})",
                            R"({"token":["x"]})"})
    EXPECT_EQ(refusal(other), "400 invalid_request") << other;
  EXPECT_EQ(refusal(opening(ann, R"(,"token":"x")")), "400 invalid_json");
  EXPECT_EQ(refusal(opening(ann, R"(,"t\u006fken":"x")")), "400 invalid_json");
  EXPECT_EQ(refusal(opening(ann, R"(,"x":[[[[1]]]])")), "400 invalid_json");
  EXPECT_EQ(refusal(std::string(32'000, '[')), "400 invalid_json");
  EXPECT_EQ(refusal(opening(ann, R"(,"session":1)")), "400 invalid_request");
  for (const char* cursor : {"\"\"", "\"x\"", "1", "\"e-01\"", "\"E-1\""})
    EXPECT_EQ(refusal(opening(ann, R"(,"cursor":)" + std::string(cursor))), "400 invalid_cursor");
  EXPECT_EQ(api.loop_hub.counters().sessions_opened.value(), 0U);
  EXPECT_THAT(api.edges, IsEmpty());
}

TEST_P(HttpOpening, is_at_most_32_kib) {
  ApiOverLoopback api;
  const std::string start = opening(api.token("ann"), R"(,"later":"")");
  for (const std::size_t excess : {0U, 1U}) {
    const std::string padding(32'768 - start.size() + excess, 'x');
    const std::string body = start.substr(0, start.size() - 2) + padding + "\"}";
    EXPECT_EQ(body.size(), 32'768 + excess);
    const net::HttpAnswer answer = api.post(GetParam(), body);
    EXPECT_EQ(answer.status < 300, excess == 0);
    EXPECT_EQ(outcome(answer) == "413 payload_too_large", excess > 0);
  }
}

TEST_P(HttpOpening, with_a_bad_token_is_told_what_a_page_would_be) {
  ApiOverLoopback api;
  net::HttpAnswer answer = api.post(GetParam(), opening("nonsense"));
  EXPECT_EQ(outcome(answer), "401 invalid_token");
  EXPECT_EQ(answer.field("Content-Type"), "application/problem+json");
  EXPECT_EQ(answer.field("Cache-Control"), "no-store, no-transform");
  EXPECT_EQ(member(answer, "description"), "Invalid+token.");
  EXPECT_THAT(answer.body, HasSubstr(R"("status":401)"));
  EXPECT_THAT(answer.body, HasSubstr(R"("reconnect":false)"));
  const std::string ann = api.token("ann");
  api.clock.advance(2h);
  answer = api.post(GetParam(), opening(ann));
  EXPECT_EQ(outcome(answer), "401 token_timed_out");
  EXPECT_EQ(member(answer, "description"), "Token+timed+out.");
  EXPECT_EQ(api.loop_hub.counters().refused(ErrorCode::token_timed_out).value(), 1U);
}

TEST_P(HttpOpening, comes_from_pages_of_allowed_origins_and_from_clients_without_one) {
  ApiOverLoopback api({.origins = {"https://example.org", "https://*.example.net"}});
  const std::string body = opening(api.token("ann"));
  EXPECT_EQ(api.call("POST", GetParam(), {}, body).field("Access-Control-Allow-Origin"), "");
  for (const char* origin : {"https://example.org", "https://a.example.net"}) {
    for (const std::string& asked : {body, opening("bad")}) {
      const auto answer = api.call("POST", GetParam(), {{"Origin", origin}}, asked);
      EXPECT_EQ(answer.status == 401, asked != body);
      EXPECT_EQ(answer.field("Access-Control-Allow-Origin"), origin);
      EXPECT_EQ(answer.field("Vary"), "Origin");
      EXPECT_EQ(answer.field("Access-Control-Allow-Credentials"), "");
    }
  }
  for (const char* origin : {"https://evil.example", "null", "http://example.org"}) {
    const auto answer = api.call("POST", GetParam(), {{"Origin", origin}}, body);
    EXPECT_EQ(outcome(answer), "403 origin_not_allowed");
    EXPECT_EQ(answer.field("Access-Control-Allow-Origin"), "");
  }
}

TEST_P(HttpOpening, is_refused_while_the_server_drains) {
  ApiOverLoopback api({.origins = {"https://example.org"}});
  const std::string body = opening(api.token("ann"));
  api.loop.post([&] { api.loop_hub.drain(); });
  auto answer = api.call("POST", GetParam(), {{"Origin", "https://example.org"}}, body);
  EXPECT_EQ(outcome(answer), "503 shutting_down");
  EXPECT_THAT(answer.body, HasSubstr(R"("reconnect":true)"));
  EXPECT_EQ(answer.field("Access-Control-Allow-Origin"), "https://example.org");
  answer = api.call("POST", GetParam(), {{"Origin", "https://evil.example"}}, body);
  EXPECT_EQ(answer.field("Access-Control-Allow-Origin"), "");
}

TEST_P(HttpOpening, may_be_asked_about_by_browsers_first) {
  ApiOverLoopback api({.origins = {"https://example.org"}});
  const std::vector<HttpField> asking{{"Origin", "https://example.org"},
                                      {"Access-Control-Request-Method", "POST"},
                                      {"Access-Control-Request-Headers", "content-type"}};
  net::HttpAnswer answer = api.call("OPTIONS", GetParam(), asking);
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.field("Access-Control-Allow-Origin"), "https://example.org");
  EXPECT_EQ(answer.field("Access-Control-Allow-Methods"), "GET, POST");
  EXPECT_EQ(answer.field("Access-Control-Allow-Headers"),
            "Authorization, Content-Type, Last-Event-ID");
  EXPECT_EQ(answer.field("Access-Control-Allow-Credentials"), "");
  EXPECT_NE(answer.field("Access-Control-Max-Age"), "");
  EXPECT_EQ(answer.field("Vary"), "Origin");
  EXPECT_EQ(answer.field("Content-Length"), "");
  for (const auto& fields :
       {std::vector<HttpField>{{"Origin", "https://evil.example"}}, std::vector<HttpField>{}}) {
    answer = api.call("OPTIONS", GetParam(), fields);
    EXPECT_EQ(answer.status, 204);
    EXPECT_THAT(answer.head, Not(HasSubstr("Access-Control")));
  }
}

TEST_P(HttpOpening, comes_by_the_methods_it_says) {
  ApiOverLoopback api;
  const bool is_sse = GetParam() == std::string(kSse);
  const net::HttpAnswer answer = api.call("PUT", GetParam());
  EXPECT_EQ(outcome(answer), "405 method_not_allowed");
  EXPECT_EQ(answer.field("Allow"), is_sse ? "GET, HEAD, OPTIONS, POST" : "OPTIONS, POST");
}

TEST(CloseRoute, is_answered_without_a_body_and_at_once_known) {
  ApiOverLoopback api;
  const std::string ann = api.token("ann");
  Stream stream(api, Stream::get(kSse, bearer(ann)));
  ASSERT_TRUE(stream.until("event: opened"));
  const auto answer = api.call("POST", kClose, {{"Content-Type", "text/plain"}}, opening(ann));
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.field("Cache-Control"), "no-store, no-transform");
  EXPECT_TRUE(stream.peer.until_end());
  ASSERT_EQ(api.edges.size(), 2U);
  EXPECT_EQ(api.edges.back().kind, PresenceEdge::Kind::disconnected);
}

}  // namespace
}  // namespace tayori::api
