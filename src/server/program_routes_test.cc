#include "server/program_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "api/api_over_loopback.h"

namespace tayori::server {
namespace {

using api::ApiOverLoopback;
using api::outcome;
using testing::Not;

/// A loop that the test turns, and workers that run by themselves.
class ProgramRoutes : public testing::Test {
 protected:
  static constexpr std::size_t kTasks = 2;

  void add(std::string method, std::string pattern, Server::RouteHandler handler) {
    routes_.push_back({std::move(method), std::move(pattern), std::move(handler)});
  }
  void start() {
    workers_.emplace(1, kTasks);
    add_program_routes(api_.router, routes_, *workers_, api_.loop_hub);
  }
  net::LoopbackPeer asking(const std::string& path) {
    net::LoopbackPeer peer = api_.connect();
    EXPECT_TRUE(peer.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n"));
    return peer;
  }
  std::uint64_t refused(ErrorCode code) { return api_.loop_hub.counters().refused(code).value(); }

  ApiOverLoopback api_;
  std::vector<ProgramRoute> routes_;
  std::optional<base::Workers> workers_;
};

TEST_F(ProgramRoutes, run_on_a_worker_and_answer_on_the_loop) {
  std::thread::id where;
  add("GET", "/", [&](const HttpRequest&) {
    where = std::this_thread::get_id();
    return HttpResponse::html(200, "<p>hello");
  });
  start();
  const net::HttpAnswer answer = api_.get("/");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "<p>hello");
  EXPECT_NE(where, std::this_thread::get_id());
}

TEST_F(ProgramRoutes, give_the_handler_the_whole_request) {
  add("POST", "/rooms/{owner}/{number}", [](const HttpRequest& request) {
    return HttpResponse::text(200, std::string(request.path_value("owner")) + "," +
                                       std::string(request.path_value("number")) + "," +
                                       request.query_value("q") + "," + request.form_value("f") +
                                       "," + request.cookie("c") + "," + request.peer);
  });
  start();
  EXPECT_EQ(
      api_.call("POST", "/rooms/a%20b/7?q=1",
                {{"Cookie", "c=3"}, {"Content-Type", "application/x-www-form-urlencoded"}}, "f=2")
          .body,
      "a b,7,1,2,3,127.0.0.1");
}

TEST_F(ProgramRoutes, answer_500_for_a_handler_that_throws) {
  add("GET", "/exception",
      [](const HttpRequest&) -> HttpResponse { throw std::runtime_error("secret details"); });
  add("GET", "/number", [](const HttpRequest&) -> HttpResponse { throw 7; });
  add("GET", "/well", [](const HttpRequest&) { return HttpResponse::text(200, "well"); });
  start();
  for (const char* path : {"/exception", "/number"}) {
    const net::HttpAnswer answer = api_.get(path);
    EXPECT_EQ(outcome(answer), "500 internal_error");
    EXPECT_THAT(answer.body, Not(testing::HasSubstr("secret")));
  }
  EXPECT_EQ(api_.get("/well").body, "well");
}

TEST_F(ProgramRoutes, answer_500_for_a_response_that_would_inject_fields) {
  add("GET", "/", [](const HttpRequest& request) {
    return HttpResponse::text(200, "x").with("X", request.query_value("x"));
  });
  start();
  EXPECT_EQ(api_.get("/?x=a%0d%0aSet-Cookie:b").status, 500);
  EXPECT_EQ(api_.get("/?x=a").status, 200);
}

TEST_F(ProgramRoutes, answer_head_where_the_program_answers_get) {
  add("GET", "/",
      [](const HttpRequest& request) { return HttpResponse::text(200, request.method); });
  start();
  EXPECT_EQ(api_.call("HEAD", "/").field("Content-Length"), "4");
}

TEST_F(ProgramRoutes, refuse_what_waits_behind_too_many) {
  std::promise<void> go;
  const std::shared_future<void> gone = go.get_future().share();
  add("GET", "/", [gone](const HttpRequest&) {
    gone.wait();
    return HttpResponse::text(200, "done");
  });
  start();
  std::vector<net::LoopbackPeer> waiting;
  for (std::size_t i = 0; i < kTasks; ++i) waiting.push_back(asking("/"));
  ASSERT_TRUE(
      waiting.front().until([&] { return api_.loop.traffic().exchanges_open.value() == kTasks; }));

  net::LoopbackPeer late = asking("/");
  const net::HttpAnswer refusal = await_answer(late);
  EXPECT_EQ(outcome(refusal), "503 overloaded");
  EXPECT_EQ(refusal.field("Retry-After"), "1");
  EXPECT_EQ(refused(ErrorCode::overloaded), 1U);

  go.set_value();
  for (net::LoopbackPeer& peer : waiting) EXPECT_EQ(await_answer(peer).body, "done");
  ASSERT_TRUE(late.until([&] { return workers_->has_room(); }));
  ASSERT_TRUE(late.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
  EXPECT_EQ(await_answer(late).body, "done");
}

TEST_F(ProgramRoutes, hold_up_nobody_else_while_a_handler_works) {
  std::promise<void> go;
  const std::shared_future<void> gone = go.get_future().share();
  add("GET", "/slow", [gone](const HttpRequest&) {
    gone.wait();
    return HttpResponse::text(200, "done");
  });
  start();
  net::LoopbackPeer slow = asking("/slow");
  ASSERT_TRUE(slow.until([&] { return api_.loop.traffic().exchanges_open.value() == 1; }));
  EXPECT_EQ(api_.get("/healthz").body, "ok\n");
  go.set_value();
  EXPECT_EQ(await_answer(slow).body, "done");
}

TEST_F(ProgramRoutes, survive_a_peer_that_went_while_its_handler_worked) {
  std::promise<void> go;
  const std::shared_future<void> gone = go.get_future().share();
  add("GET", "/slow", [gone](const HttpRequest&) {
    gone.wait();
    return HttpResponse::text(200, "done");
  });
  start();
  net::LoopbackPeer slow = asking("/slow");
  ASSERT_TRUE(slow.until([&] { return api_.loop.traffic().exchanges_open.value() == 1; }));
  slow.reset();
  go.set_value();
  net::LoopbackPeer other = api_.connect();
  ASSERT_TRUE(other.until([&] { return api_.loop.traffic().exchanges_open.value() == 0; }));
  EXPECT_EQ(api_.get("/healthz").body, "ok\n");
}

TEST_F(ProgramRoutes, leave_unanswered_what_ends_with_the_program) {
  add("GET", "/", [](const HttpRequest&) { return HttpResponse::text(200, "x"); });
  start();
  net::LoopbackPeer peer = asking("/");
  ASSERT_TRUE(peer.until([&] { return api_.loop.traffic().requests.value() == 1; }));
  // Its answer waits for a turn of the loop that never comes.
  workers_.reset();
}

}  // namespace
}  // namespace tayori::server
