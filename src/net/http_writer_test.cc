#include "net/http_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace tayori::net {
namespace {

using namespace std::string_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string written(const HttpResponse& response, HttpFraming framing = {}) {
  // 6 November 1994, 08:49:37, the example of RFC 9110 section 5.6.7.
  framing.date = std::chrono::system_clock::from_time_t(784'111'777);
  std::string out;
  write_http(out, response, framing);
  return out;
}

TEST(HttpWriter, writes_status_fields_date_length_and_body) {
  EXPECT_EQ(written(HttpResponse::text(200, "hello").with("X-One", "1")),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nX-One: 1\r\n"
            "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nKeep-Alive: timeout=75\r\n"
            "Content-Length: 5\r\n\r\nhello");
}

TEST(HttpWriter, appends_behind_what_is_already_written) {
  std::string out = "before";
  write_http(out, HttpResponse::text(404, ""), {});
  EXPECT_THAT(out, StartsWith("beforeHTTP/1.1 404 Not Found\r\n"));
}

TEST(HttpWriter, says_that_it_closes) {
  const std::string bytes = written(HttpResponse::text(200, ""), {.keep_alive = false, .date = {}});
  EXPECT_THAT(bytes, HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_THAT(bytes, Not(HasSubstr("Keep-Alive")));
}

TEST(HttpWriter, states_the_length_of_a_body_it_leaves_away) {
  const std::string bytes =
      written(HttpResponse::text(200, "hello"), {.head_only = true, .date = {}});
  EXPECT_THAT(bytes, EndsWith("Content-Length: 5\r\n\r\n"));
}

// RFC 9110 section 8.6, RFC 9112 section 6.3.
TEST(HttpWriter, states_no_length_where_none_may_stand) {
  for (const int status : {101, 204, 304}) {
    const HttpResponse response{
        .status = status, .reason = {}, .fields = {}, .body = "not to be sent"};
    EXPECT_THAT(written(response), Not(HasSubstr("Content-Length"))) << status;
    EXPECT_THAT(written(response), EndsWith("\r\n\r\n")) << status;
  }
}

TEST(HttpWriter, gives_an_answer_without_a_body_the_length_0) {
  EXPECT_THAT(written({.status = 400, .reason = {}, .fields = {}, .body = {}}),
              EndsWith("Content-Length: 0\r\n\r\n"));
}

TEST(HttpWriter, puts_the_programs_reason_in_place_of_the_standard_one) {
  EXPECT_THAT(written({.status = 401, .reason = "Token+timed+out.", .fields = {}, .body = {}}),
              StartsWith("HTTP/1.1 401 Token+timed+out.\r\n"));
}

TEST(HttpWriter, has_a_reason_for_a_status_it_does_not_know) {
  EXPECT_THAT(written({.status = 799, .reason = {}, .fields = {}, .body = {}}),
              StartsWith("HTTP/1.1 799 "));
}

TEST(HttpWriter, keeps_bytes_of_a_body_as_they_are) {
  const std::string body("\0\r\n\xff", 4);
  EXPECT_THAT(written(HttpResponse::text(200, body)), EndsWith("Content-Length: 4\r\n\r\n" + body));
}

TEST(HttpWriter, answers_500_in_place_of_what_would_break_the_heads_lines) {
  const std::vector<HttpResponse> broken{
      HttpResponse::text(303, "").with("Location", "/a\r\nSet-Cookie: stolen=1"),
      HttpResponse::text(200, "x").with("X", "a\nb"),
      HttpResponse::text(200, "x").with("X", "a\rb"),
      HttpResponse::text(200, "x").with("X", "a\0b"s),
      HttpResponse::text(200, "x").with("X\r\nY", "z"),
      HttpResponse::text(200, "x").with("X: y", "z"),
      HttpResponse::text(200, "x").with("", "z"),
      {.status = 200, .reason = "OK\r\nX: y", .fields = {}, .body = {}},
  };
  for (const HttpResponse& response : broken) {
    const std::string bytes = written(response);
    EXPECT_THAT(bytes, StartsWith("HTTP/1.1 500 Internal Server Error\r\n"));
    EXPECT_THAT(bytes, Not(HasSubstr("stolen")));
    EXPECT_THAT(bytes, EndsWith("\r\n\r\nThe answer could not be written.\n"));
  }
}

TEST(HttpWriter, keeps_to_the_framing_of_the_answer_that_it_replaces) {
  const auto broken = HttpResponse::text(200, "x").with("X", "a\nb");
  EXPECT_THAT(written(broken, {.keep_alive = false, .head_only = true, .date = {}}),
              testing::AllOf(HasSubstr("Connection: close\r\n"), EndsWith("\r\n\r\n")));
}

// RFC 9112 section 6.3: its end is the connection's.
TEST(HttpWriter, states_no_length_of_a_body_without_end) {
  const std::string bytes =
      written(HttpResponse::text(200, ":\n\n"), {.keep_alive = false, .endless = true, .date = {}});
  EXPECT_THAT(bytes, Not(HasSubstr("Content-Length")));
  EXPECT_THAT(bytes, Not(HasSubstr("Keep-Alive")));
  EXPECT_THAT(bytes, HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_THAT(bytes, EndsWith("\r\n\r\n:\n\n"));
}

}  // namespace
}  // namespace tayori::net
