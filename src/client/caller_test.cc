#include "client/caller.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/bytes.h"
#include "client/scripted_server.h"

namespace tayori::client {
namespace {

using namespace base::literals;
using namespace std::chrono_literals;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

std::string good() { return ScriptedServer::answer(200, R"({"it":"is good"})"); }
std::string problem(ErrorCode code) {
  return ScriptedServer::answer(facts(code).http_status,
                                R"({"code":")" + std::string(facts(code).name) + R"(","status":)" +
                                    std::to_string(facts(code).http_status) +
                                    R"(,"detail":"as told"})");
}

class CallerTest : public testing::Test {
 protected:
  Result<boost::json::object> call(Repeat repeat = Repeat::forbidden) {
    return caller().call("/v1/thing", {{"a", 1}}, repeat);
  }
  Caller& caller() {
    if (!caller_) {
      if (options_.url == ClientOptions().url) options_.url = server_.url();
      caller_.emplace(options_,
                      [this](std::chrono::milliseconds time) { pauses_.push_back(time); });
    }
    return *caller_;
  }

  ScriptedServer server_;
  ClientOptions options_;
  std::vector<std::chrono::milliseconds> pauses_;
  std::optional<Caller> caller_;
};

TEST_F(CallerTest, posts_json_with_the_key) {
  options_.url = server_.url() + "/";
  options_.api_key = "secret";
  server_.answer_with({good()});
  const auto answer = call();
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_EQ(answer->at("it").as_string(), "is good");
  const auto requests = server_.requests();
  ASSERT_THAT(requests, SizeIs(1));
  EXPECT_THAT(requests[0].head, testing::StartsWith("POST /v1/thing HTTP/1.1\r\n"));
  EXPECT_THAT(requests[0].head, HasSubstr("\r\nContent-Type: application/json\r\n"));
  EXPECT_THAT(requests[0].head, HasSubstr("\r\nAuthorization: Bearer secret\r\n"));
  EXPECT_EQ(requests[0].body, R"({"a":1})");
}

TEST_F(CallerTest, sends_no_key_that_it_has_not_got) {
  server_.answer_with({good()});
  ASSERT_TRUE(call());
  EXPECT_THAT(server_.requests()[0].head, Not(HasSubstr("Authorization")));
}

TEST_F(CallerTest, sends_no_key_that_would_begin_another_field) {
  options_.api_key = "secret\n";
  const auto answer = call();
  EXPECT_EQ(answer.error().code, ErrorCode::unauthorized);
  EXPECT_THAT(answer.error().detail, Not(HasSubstr("secret")));
  EXPECT_THAT(server_.requests(), IsEmpty());
}

TEST_F(CallerTest, sends_a_large_body_without_asking_first) {
  server_.answer_with({good()});
  const auto answer =
      caller().call("/v1/batch", {{"a", std::string(2_MiB, 'x')}}, Repeat::forbidden);
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_THAT(server_.requests()[0].head, Not(HasSubstr("Expect")));
}

TEST_F(CallerTest, keeps_its_connection) {
  server_.answer_with({good(), problem(ErrorCode::not_found), good()});
  EXPECT_TRUE(call());
  EXPECT_FALSE(call());
  EXPECT_TRUE(call());
  EXPECT_THAT(server_.requests(),
              ElementsAre(testing::Field(&ScriptedServer::Request::connection, 0),
                          testing::Field(&ScriptedServer::Request::connection, 0),
                          testing::Field(&ScriptedServer::Request::connection, 0)));
}

TEST_F(CallerTest, keeps_no_more_connections_than_it_may) {
  options_.idle_connections = 0;
  server_.answer_with({good(), good()});
  EXPECT_TRUE(call());
  EXPECT_TRUE(call());
  EXPECT_EQ(server_.requests()[1].connection, 1U);
}

TEST_F(CallerTest, tells_the_servers_errors_without_trying_again) {
  for (const ErrorCode code : {ErrorCode::unauthorized, ErrorCode::invalid_request,
                               ErrorCode::overloaded, ErrorCode::internal_error}) {
    server_.answer_with({problem(code)});
    EXPECT_EQ(call(Repeat::harmless).error(), Error::of(code, "as told"));
  }
  EXPECT_THAT(server_.requests(), SizeIs(4));
  EXPECT_THAT(pauses_, IsEmpty());
}

TEST_F(CallerTest, says_that_something_else_answers) {
  for (const std::string& strange :
       {ScriptedServer::answer(200, "<html>"), ScriptedServer::answer(200, "[]"),
        ScriptedServer::answer(404, R"({"error":"no route"})"),
        std::string("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")}) {
    server_.answer_with({strange});
    const auto answer = call(Repeat::harmless);
    ASSERT_FALSE(answer);
    EXPECT_TRUE(answer.error().is_unanswered);
    EXPECT_THAT(answer.error().detail, HasSubstr("does not answer like a Tayori server"));
  }
  EXPECT_THAT(server_.requests(), SizeIs(4)) << "none asked twice, no redirect followed";
}

TEST_F(CallerTest, says_where_nobody_answers) {
  const ScriptedServer nobody(ScriptedServer::From::later);
  options_.url = nobody.url();
  const auto answer = call();
  ASSERT_FALSE(answer);
  EXPECT_TRUE(answer.error().is_unanswered);
  EXPECT_THAT(answer.error().detail, HasSubstr("no answer from " + nobody.url() + ": "));
  EXPECT_THAT(pauses_, ElementsAre(100ms, 200ms));
}

TEST_F(CallerTest, speaks_http_only) {
  options_.url = "file:///etc/hostname?";
  const auto answer = call(Repeat::harmless);
  ASSERT_FALSE(answer);
  EXPECT_TRUE(answer.error().is_unanswered);
}

TEST_F(CallerTest, waits_for_a_server_that_comes_up) {
  ScriptedServer late(ScriptedServer::From::later);
  late.answer_with({good()});
  Caller waiting({.url = late.url()}, [&](std::chrono::milliseconds /*time*/) { late.listen(); });
  const auto answer = waiting.call("/v1/send_message", {}, Repeat::forbidden);
  EXPECT_TRUE(answer) << answer.error().detail;
  EXPECT_THAT(late.requests(), SizeIs(1));
}

TEST_F(CallerTest, asks_the_next_server_when_one_stops) {
  server_.answer_with({problem(ErrorCode::shutting_down), good()});
  EXPECT_TRUE(call());
  EXPECT_THAT(pauses_, ElementsAre(100ms));
}

TEST_F(CallerTest, stops_trying) {
  options_.attempts = 2;
  server_.answer_with(
      {problem(ErrorCode::shutting_down), problem(ErrorCode::shutting_down), good()});
  EXPECT_EQ(call().error().code, ErrorCode::shutting_down);
  EXPECT_THAT(server_.requests(), SizeIs(2));
}

TEST_F(CallerTest, does_not_begin_a_pause_that_outlasts_the_call) {
  options_.timeout = 20s;
  options_.retry_pause = 20s;
  server_.answer_with({problem(ErrorCode::shutting_down)});
  EXPECT_EQ(call().error().code, ErrorCode::shutting_down);
  EXPECT_THAT(pauses_, IsEmpty());
}

TEST_F(CallerTest, does_nothing_twice_that_may_have_been_done) {
  server_.answer_with({std::nullopt, good()});
  EXPECT_TRUE(call().error().is_unanswered);
  EXPECT_THAT(server_.requests(), SizeIs(1));
  EXPECT_THAT(pauses_, IsEmpty());
}

TEST_F(CallerTest, does_nothing_twice_either_where_a_kept_connection_ends) {
  server_.answer_with({good(), std::nullopt, good()});
  EXPECT_TRUE(call());
  const auto broken = call();
  ASSERT_FALSE(broken);
  EXPECT_TRUE(broken.error().is_unanswered);
  EXPECT_THAT(broken.error().detail, HasSubstr("may have been done"));
  EXPECT_THAT(server_.requests(), SizeIs(2));
}

TEST_F(CallerTest, does_again_what_does_no_harm) {
  server_.answer_with({std::nullopt, ScriptedServer::answer(502, "Bad Gateway"), good()});
  const auto answer = call(Repeat::harmless);
  EXPECT_TRUE(answer) << answer.error().detail;
  EXPECT_THAT(server_.requests(), SizeIs(3));
  EXPECT_THAT(server_.requests(),
              Each(testing::Field(&ScriptedServer::Request::body, R"({"a":1})")));
}

TEST_F(CallerTest, waits_only_so_long) {
  options_.timeout = 50ms;
  const auto answer = call(Repeat::harmless);
  ASSERT_FALSE(answer);
  EXPECT_TRUE(answer.error().is_unanswered);
  EXPECT_THAT(pauses_, IsEmpty()) << "no time is left for another attempt";
}

TEST_F(CallerTest, reads_only_so_much) {
  server_.answer_with(
      {"HTTP/1.1 200 OK\r\nContent-Length: 70000000\r\n\r\n" + std::string(65_MiB, ' ')});
  const auto answer = call();
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error().detail, HasSubstr("larger than 64 MiB"));
}

}  // namespace
}  // namespace tayori::client
