// What pages may send, what of it the backend gets, and what they are answered.
#include "api/receive_route.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "api/api_over_loopback.h"
#include "base/form.h"
#include "net/http_over_loopback.h"

namespace tayori::api {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr const char* kReceive = "/_ah/channel/receive";
const HttpField kForm{"Content-Type", "application/x-www-form-urlencoded"};

std::string form(const std::string& key, const std::string& msg) {
  return base::form_encode({{"key", key}, {"msg", msg}});
}

struct Choices {
  std::vector<std::string> origins = {"*"};
  std::size_t per_minute = 60;
  hub::PageMessages::Limits messages = {};
  std::chrono::milliseconds total = 20s;
  std::size_t message_bytes = limits::kMessageBytes;
};

/// An API whose pages may send, and the backend that they send to.
class Receiving {
 public:
  explicit Receiving(const Choices& choices = {})
      : rate_({.per_minute = choices.per_minute}, rate_clock),
        relay_(
            {.url = "http://127.0.0.1:" + std::to_string(backend.listener->port()), .secret = {}},
            choices.messages, {.total = choices.total}, clock_, base::Random::seeded(1)),
        api({.origins = choices.origins,
             .receive = {
                 .relay = &relay_, .rate = &rate_, .message_bytes = choices.message_bytes}}) {
    api.beside = [this] { backend.turn(); };
  }
  ~Receiving() {
    relay_.end();
    api.turn();
  }
  Receiving(const Receiving&) = delete;
  Receiving& operator=(const Receiving&) = delete;

  net::HttpAnswer post(std::string_view body, const std::vector<HttpField>& fields = {kForm}) {
    return api.call("POST", kReceive, fields, body);
  }
  net::HttpAnswer send(const std::string& client, const std::string& msg) {
    return post(form(api.token(client), msg));
  }
  /// A page that sends and has not been answered yet.
  net::LoopbackPeer page(const std::string& client, const std::string& msg) {
    const std::string body = form(api.token(client), msg);
    net::LoopbackPeer peer = api.connect();
    EXPECT_TRUE(peer.send(
        "POST " + std::string(kReceive) + " HTTP/1.1\r\nHost: h\r\n" + kForm.name + ": " +
        kForm.value + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body));
    return peer;
  }
  /// Waits until so many messages wait or are under way.
  void until_open(net::LoopbackPeer& peer, std::size_t count) {
    EXPECT_TRUE(peer.until([&] { return relay_.counts().open == count; }));
  }
  [[nodiscard]] hub::PageMessageRelay& relay() { return relay_; }

  base::ManualClock rate_clock;
  net::HttpOverLoopback backend;

 private:
  base::SystemClock clock_;
  access::RateLimit rate_;
  hub::PageMessageRelay relay_;

 public:
  ApiOverLoopback api;
};

HttpResponse taken(const HttpRequest& /*request*/) { return HttpResponse::text(200, "ignored"); }

TEST(ReceiveRoute, hands_the_message_on_and_is_answered_when_the_backend_has_it) {
  Receiving receiving;
  net::LoopbackPeer page = receiving.page("a&b", "x=1&y=2\n☂");
  ASSERT_TRUE(page.until([&] { return receiving.backend.exchanges.size() == 1; }));
  const HttpRequest& got = receiving.backend.requests[0];
  EXPECT_EQ(got.method, "POST");
  EXPECT_EQ(got.path, "/_ah/channel/receive");
  EXPECT_EQ(got.form_value("key"), "a&b");
  EXPECT_EQ(got.form_value("msg"), "x=1&y=2\n☂");
  EXPECT_THAT(page.received(), IsEmpty()) << "the backend has not answered";
  receiving.backend.respond(HttpResponse::text(201, "ignored"));
  const net::HttpAnswer answer = await_answer(page);
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.field("Cache-Control"), "no-store, no-transform");
  EXPECT_EQ(answer.field("Content-Length"), "");
}

TEST(ReceiveRoute, takes_a_form_and_nothing_else) {
  Receiving receiving;
  receiving.backend.answer = taken;
  const std::string good = form(receiving.api.token("ann"), "x");
  const auto by = [&](const std::string& type) {
    return outcome(receiving.post(good, {{"Content-Type", type}}));
  };
  EXPECT_EQ(by("application/x-www-form-urlencoded;charset=UTF-8"), "204");
  EXPECT_EQ(by("Application/X-WWW-Form-Urlencoded ; charset=utf-8"), "204");
  for (const char* type : {"application/json", "text/plain", "multipart/form-data; boundary=x", "",
                           "application/x-www-form-urlencoded2"})
    EXPECT_EQ(by(type), "415 unsupported_media_type") << type;
  const net::HttpAnswer none = receiving.post(good, {});
  EXPECT_EQ(outcome(none), "415 unsupported_media_type");
  EXPECT_THAT(member(none, "detail"), HasSubstr("application/x-www-form-urlencoded"));
}

TEST(ReceiveRoute, wants_each_field_once) {
  Receiving receiving;
  receiving.backend.answer = taken;
  const std::string key = "key=" + receiving.api.token("ann");
  const auto why = [&](const std::string& body) {
    const net::HttpAnswer answer = receiving.post(body);
    return answer.status == 204 ? "204" : outcome(answer) + ": " + member(answer, "detail");
  };
  EXPECT_EQ(why(""), "400 invalid_request: The form has no field key.");
  EXPECT_EQ(why("msg=x"), "400 invalid_request: The form has no field key.");
  EXPECT_EQ(why(key), "400 invalid_request: The form has no field msg.");
  EXPECT_EQ(why(key + "&Msg=x"), "400 invalid_request: The form has no field msg.");
  EXPECT_EQ(why(key + "&msg=x&m%73g=y"), "400 invalid_request: The form has the field msg twice.");
  EXPECT_EQ(why(key + "&msg=x&" + key), "400 invalid_request: The form has the field key twice.");
  std::string crowded = key + "&msg=x";
  for (int i = 0; i < 100; ++i) crowded += "&more=1";
  EXPECT_EQ(why(crowded), "400 invalid_request: The form has too many fields.");
  EXPECT_THAT(receiving.backend.requests, IsEmpty());
  EXPECT_EQ(why("later=1&" + key + "&&msg=x&"), "204");
}

TEST(ReceiveRoute, wants_a_message_within_the_limits) {
  Receiving receiving({.message_bytes = 10});
  receiving.backend.answer = taken;
  const std::string key = "key=" + receiving.api.token("ann") + "&msg=";
  EXPECT_EQ(outcome(receiving.post(key)), "400 invalid_message") << "empty";
  EXPECT_EQ(outcome(receiving.post(key + "0123456789")), "204");
  EXPECT_EQ(outcome(receiving.post(key + "0123456789a")), "400 invalid_message");
  EXPECT_EQ(outcome(receiving.post(key + "%e2%98%82%e2%98%82")), "204")
      << "bytes count, not escapes";
  EXPECT_EQ(outcome(receiving.post(key + "%ff")), "400 invalid_message");
  EXPECT_EQ(outcome(receiving.post(key + "\xff")), "400 invalid_message");
  EXPECT_EQ(outcome(receiving.post(key + "%ed%a0%80")), "400 invalid_message") << "a surrogate";
}

// As browsers read forms (URL Standard 5.1): nothing of it is lost, so there is nothing to refuse.
TEST(ReceiveRoute, takes_a_percent_sign_that_escapes_nothing_for_itself) {
  Receiving receiving;
  receiving.backend.answer = taken;
  const std::string key = "key=" + receiving.api.token("ann") + "&msg=";
  for (const char* text : {"100%", "%", "%2", "%zz", "%%41"})
    EXPECT_EQ(outcome(receiving.post(key + text)), "204") << text;
  std::vector<std::string> got;
  for (const HttpRequest& request : receiving.backend.requests)
    got.push_back(request.form_value("msg"));
  EXPECT_THAT(got, ElementsAre("100%", "%", "%2", "%zz", "%A"));
}

TEST(ReceiveRoute, is_cut_off_by_the_listener_above_its_limit) {
  Receiving receiving;
  EXPECT_EQ(outcome(receiving.post(std::string(std::size_t{2} * 1024 * 1024 + 1, 'x'))),
            "413 payload_too_large");
}

TEST(ReceiveRoute, wants_a_good_token) {
  Receiving receiving;
  for (const std::string& bad : {std::string(), std::string("nonsense"), std::string("ann"),
                                 receiving.api.token("ann") + "x", std::string("%zz\n\xff")})
    EXPECT_EQ(outcome(receiving.post(form(bad, "x"))), "401 invalid_token") << bad;
  const std::string ann = receiving.api.token("ann");
  receiving.api.clock.advance(2h);
  const net::HttpAnswer late = receiving.post(form(ann, "x"));
  EXPECT_EQ(outcome(late), "401 token_timed_out");
  EXPECT_EQ(member(late, "description"), "Token+timed+out.");
  EXPECT_THAT(receiving.backend.requests, IsEmpty());
}

TEST(ReceiveRoute, is_limited_a_client_id_at_a_time) {
  Receiving receiving({.origins = {"https://example.org"}, .per_minute = 3});
  receiving.backend.answer = taken;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(receiving.send("ann", "x").status, 204);
  const net::HttpAnswer refused = receiving.send("ann", "x");
  EXPECT_EQ(outcome(refused), "429 rate_limited") << "with another token of hers";
  EXPECT_EQ(refused.field("Retry-After"), "20");
  EXPECT_THAT(refused.body, HasSubstr(R"("reconnect":true)"));
  EXPECT_EQ(receiving.send("bob", "x").status, 204);
  receiving.rate_clock.advance(19s + 1ms);
  EXPECT_EQ(receiving.send("ann", "x").field("Retry-After"), "1");
  receiving.rate_clock.advance(1s);
  EXPECT_EQ(receiving.send("ann", "x").status, 204);
  EXPECT_EQ(receiving.api.loop_hub.counters().refused(ErrorCode::rate_limited).value(), 2U);
}

TEST(ReceiveRoute, does_not_count_what_it_refuses_for_itself) {
  Receiving receiving({.per_minute = 1});
  receiving.backend.answer = taken;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(outcome(receiving.send("ann", "")), "400 invalid_message");
  EXPECT_EQ(receiving.send("ann", "x").status, 204);
}

TEST(ReceiveRoute, tells_when_the_backend_has_not_taken_it) {
  Receiving receiving;
  for (const int status : {301, 302, 400, 404, 500}) {
    receiving.backend.answer = [status](const HttpRequest&) {
      return HttpResponse::text(status, "secret words").with("Location", "/_ah/channel/receive");
    };
    const net::HttpAnswer answer = receiving.send("ann", "x");
    EXPECT_EQ(outcome(answer), "502 backend_unavailable");
    EXPECT_THAT(member(answer, "detail"), HasSubstr(std::to_string(status)));
    EXPECT_THAT(answer.body, Not(HasSubstr("secret")));
    EXPECT_THAT(answer.body, Not(HasSubstr("127.0.0.1")));
    EXPECT_THAT(answer.body, HasSubstr(R"("reconnect":true)"));
  }
  EXPECT_THAT(receiving.backend.requests, SizeIs(5)) << "once each, and no redirect followed";
  EXPECT_EQ(receiving.api.loop_hub.counters().refused(ErrorCode::backend_unavailable).value(), 5U);
}

TEST(ReceiveRoute, tells_when_the_backend_says_nothing) {
  Receiving receiving({.total = 100ms});
  EXPECT_EQ(outcome(receiving.send("ann", "x")), "502 backend_unavailable");
}

TEST(ReceiveRoute, keeps_the_order_of_one_client_id) {
  Receiving receiving;
  net::LoopbackPeer first = receiving.page("ann", "first");
  receiving.until_open(first, 1);
  net::LoopbackPeer second = receiving.page("ann", "second");
  receiving.until_open(second, 2);
  net::LoopbackPeer other = receiving.page("bob", "other");
  ASSERT_TRUE(other.until([&] { return receiving.backend.exchanges.size() == 2; }));
  EXPECT_EQ(receiving.backend.requests[0].form_value("msg"), "first");
  EXPECT_EQ(receiving.backend.requests[1].form_value("msg"), "other");
  receiving.backend.respond(HttpResponse::text(500, ""));
  EXPECT_EQ(await_answer(first).status, 502);
  ASSERT_TRUE(second.until([&] { return receiving.backend.requests.size() == 3; }));
  EXPECT_EQ(receiving.backend.requests[2].form_value("msg"), "second");
  receiving.backend.respond(HttpResponse::text(200, ""));
  receiving.backend.respond(HttpResponse::text(200, ""));
  EXPECT_EQ(await_answer(second).status, 204);
  EXPECT_EQ(await_answer(other).status, 204);
}

TEST(ReceiveRoute, refuses_when_too_many_wait) {
  Receiving receiving({.messages = {.messages = 2, .parallel = 1}});
  net::LoopbackPeer ann = receiving.page("ann", "x");
  receiving.until_open(ann, 1);
  net::LoopbackPeer bob = receiving.page("bob", "x");
  receiving.until_open(bob, 2);
  const net::HttpAnswer refused = receiving.send("eve", "x");
  EXPECT_EQ(outcome(refused), "503 overloaded");
  EXPECT_EQ(refused.field("Retry-After"), "1");
}

TEST(ReceiveRoute, drops_what_waits_of_a_page_that_has_gone) {
  Receiving receiving;
  net::LoopbackPeer other = receiving.api.connect();
  net::LoopbackPeer first = receiving.page("ann", "first");
  ASSERT_TRUE(first.until([&] { return receiving.backend.exchanges.size() == 1; }));
  net::LoopbackPeer second = receiving.page("ann", "second");
  receiving.until_open(second, 2);
  net::LoopbackPeer third = receiving.page("ann", "third");
  receiving.until_open(third, 3);
  second.close();
  receiving.until_open(other, 2);
  EXPECT_EQ(receiving.relay().counts().withdrawn, 1U);
  first.reset();
  ASSERT_TRUE(
      other.until([&] { return receiving.api.loop.traffic().exchanges_open.value() == 1; }));
  EXPECT_EQ(receiving.relay().counts().open, 2U) << "what is under way takes its course";
  receiving.backend.respond(HttpResponse::text(200, ""));
  ASSERT_TRUE(third.until([&] { return receiving.backend.requests.size() == 2; }));
  EXPECT_EQ(receiving.backend.requests[1].form_value("msg"), "third");
  receiving.backend.respond(HttpResponse::text(200, ""));
  EXPECT_EQ(await_answer(third).status, 204);
  EXPECT_EQ(receiving.relay().counts().taken, 2U);
}

TEST(ReceiveRoute, tells_those_who_wait_when_the_server_stops) {
  Receiving receiving;
  net::LoopbackPeer first = receiving.page("ann", "first");
  ASSERT_TRUE(first.until([&] { return receiving.backend.exchanges.size() == 1; }));
  net::LoopbackPeer second = receiving.page("ann", "second");
  receiving.until_open(second, 2);
  receiving.relay().drain();
  EXPECT_EQ(outcome(await_answer(second)), "503 shutting_down");
  EXPECT_EQ(outcome(receiving.send("bob", "x")), "503 shutting_down");
  receiving.backend.respond(HttpResponse::text(200, ""));
  EXPECT_EQ(await_answer(first).status, 204);
  receiving.api.loop.post([&] { receiving.api.loop_hub.drain(); });
  EXPECT_EQ(outcome(receiving.post("garbage")), "503 shutting_down") << "before it looks further";
}

TEST(ReceiveRoute, may_be_read_by_pages_of_allowed_origins_only) {
  Receiving receiving({.origins = {"https://example.org"}, .per_minute = 1});
  receiving.backend.answer = taken;
  const auto from = [&](const std::string& origin) {
    return receiving.post(form(receiving.api.token("ann"), "x"), {kForm, {"Origin", origin}});
  };
  for (const char* status : {"204", "429 rate_limited"}) {
    const net::HttpAnswer answer = from("https://example.org");
    EXPECT_EQ(outcome(answer), status);
    EXPECT_EQ(answer.field("Access-Control-Allow-Origin"), "https://example.org");
    EXPECT_EQ(answer.field("Vary"), "Origin");
  }
  const net::HttpAnswer refused = from("https://evil.example");
  EXPECT_EQ(outcome(refused), "403 origin_not_allowed");
  EXPECT_EQ(refused.field("Access-Control-Allow-Origin"), "");
  EXPECT_THAT(receiving.backend.requests, SizeIs(1));
  const net::HttpAnswer asked =
      receiving.api.call("OPTIONS", kReceive, {{"Origin", "https://example.org"}});
  EXPECT_EQ(asked.status, 204);
  EXPECT_EQ(asked.field("Access-Control-Allow-Methods"), "GET, POST");
}

TEST(ReceiveRoute, comes_by_post) {
  Receiving receiving;
  const net::HttpAnswer answer = receiving.api.get(kReceive);
  EXPECT_EQ(outcome(answer), "405 method_not_allowed");
  EXPECT_EQ(answer.field("Allow"), "OPTIONS, POST");
}

TEST(ReceiveRoute, says_where_there_is_no_backend_what_to_set) {
  ApiOverLoopback api;
  const net::HttpAnswer answer = api.call(
      "POST", kReceive, {kForm, {"Origin", "https://example.org"}}, form(api.token("ann"), "x"));
  EXPECT_EQ(outcome(answer), "404 not_found");
  EXPECT_THAT(member(answer, "detail"), HasSubstr("receive.url"));
  EXPECT_EQ(answer.field("Access-Control-Allow-Origin"), "https://example.org");
}

TEST(ReceiveRoute, is_counted) {
  Receiving receiving;
  receiving.backend.answer = taken;
  EXPECT_EQ(receiving.send("ann", "x").status, 204);
  receiving.backend.answer = {};
  net::LoopbackPeer page = receiving.page("ann", "x");
  receiving.until_open(page, 1);
  const std::string metrics = receiving.api.get("/metrics").body;
  EXPECT_THAT(metrics, HasSubstr("\ntayori_receive_taken_total 1\n"));
  EXPECT_THAT(metrics, HasSubstr("\ntayori_receive_open 1\n"));
  EXPECT_THAT(metrics, HasSubstr("\ntayori_receive_failed_total 0\n"));
  EXPECT_THAT(metrics, HasSubstr("\ntayori_receive_dropped_total 0\n"));
}

}  // namespace
}  // namespace tayori::api
