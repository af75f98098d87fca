#include "api/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "api/problem.h"
#include "base/clock.h"
#include "net/http_answer.h"
#include "net/listener.h"
#include "net/loopback_peer.h"

namespace tayori::api {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A router on a port, whose handlers say their name and what their pattern matched.
class RouterTest : public testing::Test {
 protected:
  RouterTest() { listener_->start(); }
  ~RouterTest() override {
    listener_->close();
    loop_.context().poll();
  }

  void add(const std::string& method, const std::string& pattern) {
    router_.add(method, pattern, [=](const HttpRequest& request, net::HttpExchange exchange) {
      std::string text = method + " " + pattern;
      for (const HttpField& value : request.path_values)
        text += " " + value.name + "=" + value.value;
      exchange.respond(HttpResponse::text(200, text));
    });
  }

  net::HttpAnswer ask(const std::string& method, const std::string& target) {
    net::LoopbackPeer peer(listener_->port(), [this] { loop_.context().poll(); });
    peer.send(method + " " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
    return await_answer(peer, method == "HEAD" ? net::Answering::head : net::Answering::get);
  }
  std::string body(const std::string& method, const std::string& target) {
    const net::HttpAnswer answer = ask(method, target);
    return answer.status == 200 ? answer.body : std::to_string(answer.status);
  }

  base::ManualClock clock_;
  net::Loop loop_{clock_};
  const net::HttpLimits limits_;
  std::vector<ErrorCode> refused_;
  Router router_{[this](ErrorCode code) { refused_.push_back(code); }};
  std::unique_ptr<net::Listener> listener_ = std::move(
      *net::Listener::bind(loop_, {.host = "127.0.0.1", .port = 0}, router_, limits_, 100));
};

TEST_F(RouterTest, finds_the_handler_of_a_method_on_a_path) {
  add("GET", "/");
  add("GET", "/a/b");
  add("POST", "/a/b");
  EXPECT_EQ(body("GET", "/"), "GET /");
  EXPECT_EQ(body("GET", "/a/b?c=d"), "GET /a/b");
  EXPECT_EQ(body("POST", "/a/b"), "POST /a/b");
  EXPECT_THAT(refused_, IsEmpty());
}

TEST_F(RouterTest, refuses_paths_that_only_look_like_a_known_one) {
  add("GET", "/a/b");
  for (const char* path :
       {"/a/b/", "/a", "/a/b/c", "/A/b", "//a/b", "/a//b", "/a/./b", "/a/../a/b"}) {
    EXPECT_EQ(body("GET", path), "404") << path;
  }
}

TEST_F(RouterTest, compares_decoded_paths) {
  add("GET", "/a b/便");
  EXPECT_EQ(body("GET", "/a%20b/%E4%BE%BF"), "GET /a b/便");
}

TEST_F(RouterTest, tells_with_404_of_a_path_that_nothing_is_at) {
  const net::HttpAnswer answer = ask("GET", "/nothing");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.field("Content-Type"), "application/problem+json");
  EXPECT_EQ(answer.field("Allow"), "");
  EXPECT_THAT(refused_, ElementsAre(ErrorCode::not_found));
}

TEST_F(RouterTest, tells_with_405_which_methods_a_path_takes) {
  add("POST", "/a");
  add("GET", "/a");
  add("DELETE", "/a");
  const net::HttpAnswer answer = ask("PUT", "/a");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.field("Allow"), "DELETE, GET, HEAD, POST");
  EXPECT_THAT(refused_, ElementsAre(ErrorCode::method_not_allowed));
}

TEST_F(RouterTest, takes_methods_by_their_case) {
  add("GET", "/a");
  EXPECT_EQ(ask("get", "/a").status, 405);
}

TEST_F(RouterTest, answers_head_as_get_without_the_body) {
  add("GET", "/a");
  const net::HttpAnswer answer = ask("HEAD", "/a");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.field("Content-Length"), "6");
  EXPECT_EQ(answer.body, "");
}

TEST_F(RouterTest, lets_a_path_take_head_in_its_own_way) {
  add("GET", "/a");
  add("HEAD", "/a");
  EXPECT_EQ(ask("HEAD", "/a").field("Content-Length"), "7");
  EXPECT_EQ(ask("PUT", "/a").field("Allow"), "GET, HEAD");
}

TEST_F(RouterTest, does_not_take_head_where_there_is_no_get) {
  add("POST", "/a");
  const net::HttpAnswer answer = ask("HEAD", "/a");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.field("Allow"), "POST");
}

TEST_F(RouterTest, gives_what_the_names_of_a_pattern_stand_for) {
  add("GET", "/rooms/{owner}/{number}");
  EXPECT_EQ(body("GET", "/rooms/ann/7"), "GET /rooms/{owner}/{number} owner=ann number=7");
  EXPECT_EQ(body("GET", "/rooms/a%20b/%7B"), "GET /rooms/{owner}/{number} owner=a b number={");
}

TEST_F(RouterTest, matches_a_name_with_one_segment_that_is_not_empty) {
  add("GET", "/rooms/{owner}");
  for (const char* path : {"/rooms/", "/rooms", "/rooms/a/b", "/rooms/a/"}) {
    EXPECT_EQ(body("GET", path), "404") << path;
  }
}

TEST_F(RouterTest, prefers_a_literal_segment_in_whichever_order_they_were_added) {
  add("GET", "/{a}/{b}");
  add("GET", "/rooms/{b}");
  add("GET", "/{a}/new");
  add("GET", "/rooms/new");
  add("GET", "/rooms/{b}/list");
  EXPECT_EQ(body("GET", "/rooms/new"), "GET /rooms/new");
  EXPECT_EQ(body("GET", "/rooms/x"), "GET /rooms/{b} b=x");
  EXPECT_EQ(body("GET", "/x/new"), "GET /{a}/new a=x");
  EXPECT_EQ(body("GET", "/x/y"), "GET /{a}/{b} a=x b=y");
  EXPECT_EQ(body("GET", "/rooms/x/list"), "GET /rooms/{b}/list b=x");
}

TEST_F(RouterTest, knows_the_methods_of_a_pattern_too) {
  add("GET", "/rooms/{owner}");
  add("POST", "/rooms/{owner}");
  EXPECT_EQ(body("POST", "/rooms/a"), "POST /rooms/{owner} owner=a");
  EXPECT_EQ(ask("PUT", "/rooms/a").field("Allow"), "GET, HEAD, POST");
}

TEST_F(RouterTest, hands_unknown_paths_to_whoever_answers_otherwise) {
  add("GET", "/a");
  router_.otherwise([](const HttpRequest& request, net::HttpExchange exchange) {
    exchange.respond(HttpResponse::text(200, "otherwise " + request.path));
  });
  EXPECT_EQ(body("GET", "/b"), "otherwise /b");
  EXPECT_EQ(body("GET", "/a"), "GET /a");
  EXPECT_EQ(body("POST", "/a"), "405");
}

TEST_F(RouterTest, answers_and_counts_requests_that_never_became_one) {
  net::LoopbackPeer peer(listener_->port(), [this] { loop_.context().poll(); });
  peer.send("nonsense\r\n\r\n");
  const net::HttpAnswer answer = await_answer(peer);
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.field("Content-Type"), "application/problem+json");
  EXPECT_THAT(refused_, ElementsAre(ErrorCode::invalid_request));
}

using RouterDeathTest = RouterTest;

TEST_F(RouterDeathTest, takes_one_handler_for_a_method_on_a_path) {
  add("GET", "/a");
  add("GET", "/{b}");
  EXPECT_DEATH(add("GET", "/a"), "");
  EXPECT_DEATH(add("GET", "/{b}"), "");
  EXPECT_DEATH(add("GET", "a"), "");
}

}  // namespace
}  // namespace tayori::api
