#include "net/http_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "net/http_reading.h"

namespace tayori::net {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;
using testing::IsEmpty;

/// A request for `target`, with nothing but what has to be there.
std::string asking_for(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n";
}

std::string chunked(const std::string& body) {
  return "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
}

constexpr std::string_view kChunkedFields = "[Host: h] [Transfer-Encoding: chunked]";

TEST(HttpReader, reads_method_path_query_fields_and_body) {
  EXPECT_THAT(seen_of("POST /rooms/ann?page=2&x= HTTP/1.1\r\nHost: example.org\r\n"
                      "X-Two:  spaced\tout \r\nEmpty:\r\nContent-Length: 5\r\n\r\nhello"),
              ElementsAre("POST /rooms/ann?page=2&x= [Host: example.org] [X-Two: spaced\tout] "
                          "[Empty: ] [Content-Length: 5] (hello)"));
}

TEST(HttpReader, is_idle_before_the_first_byte_and_after_a_request_is_released) {
  const HttpLimits limits;
  HttpReader reader(limits);
  EXPECT_EQ(reader.state(), HttpReader::State::idle);
  EXPECT_EQ(reader.take(""), 0U);
  EXPECT_EQ(reader.state(), HttpReader::State::idle);
  const std::string bytes = asking_for("/");
  EXPECT_EQ(reader.take(bytes), bytes.size());
  EXPECT_EQ(reader.state(), HttpReader::State::complete);
  EXPECT_EQ(reader.release().request.path, "/");
  EXPECT_EQ(reader.state(), HttpReader::State::idle);
}

TEST(HttpReader, tells_head_and_body_apart_while_it_waits_for_more) {
  const HttpLimits limits;
  HttpReader reader(limits);
  std::string bytes = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n";
  bytes.erase(0, reader.take(bytes));
  EXPECT_EQ(reader.state(), HttpReader::State::in_head);
  bytes += "\r\n";
  bytes.erase(0, reader.take(bytes));
  EXPECT_EQ(reader.state(), HttpReader::State::in_body);
  bytes += "ab";
  bytes.erase(0, reader.take(bytes));
  EXPECT_EQ(reader.state(), HttpReader::State::complete);
}

TEST(HttpReader, sees_the_same_wherever_the_bytes_are_cut) {
  const std::vector<std::string> streams{
      asking_for("/a?b=c"),
      "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello",
      "POST /x HTTP/1.0\r\nContent-Length: 3\r\nConnection: keep-alive\r\n\r\n\r\n\r",
      chunked("5;name=value;q=\"a b\"\r\nhello\r\n00A\r\n, world...\r\n0\r\nTrailer: t\r\n\r\n"),
      chunked("0\r\n\r\n"),
      chunked("1\r\n\r\r\n0;last\r\n\r\n"),
      asking_for("/1") + chunked("2\r\nab\r\n0\r\n\r\n") + "\r\n" + asking_for("/2"),
      "HEAD / HTTP/1.1\r\nHost: [::1]:8080\r\nA: b\r\nA: c\r\n\r\n" + asking_for("/3"),
  };
  for (const std::string& bytes : streams) {
    const auto whole = read_in_pieces(bytes, bytes.size());
    EXPECT_THAT(whole.seen, testing::Each(testing::Not(testing::StartsWith("refused"))));
    for (std::size_t piece = 1; piece < bytes.size(); ++piece) {
      const auto cut = read_in_pieces(bytes, piece);
      ASSERT_EQ(cut.seen, whole.seen) << "in pieces of " << piece << " of " << bytes;
      ASSERT_EQ(cut.left, whole.left);
    }
  }
}

TEST(HttpReader, takes_one_request_at_a_time_and_leaves_what_lies_behind_it) {
  const HttpLimits limits;
  HttpReader reader(limits);
  const std::string first = asking_for("/1");
  const std::string bytes = first + asking_for("/2");
  EXPECT_EQ(reader.take(bytes), first.size());
  EXPECT_EQ(reader.release().request.path, "/1");
  EXPECT_EQ(reader.take(std::string_view(bytes).substr(first.size())), first.size());
  EXPECT_EQ(reader.release().request.path, "/2");
}

TEST(HttpReader, does_not_take_the_next_request_for_a_body) {
  EXPECT_THAT(seen_of("POST /1 HTTP/1.1\r\nHost: h\r\n\r\n" + asking_for("/2")),
              ElementsAre("POST /1 [Host: h]", "GET /2 [Host: h]"));
  EXPECT_THAT(
      seen_of("POST /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n" + asking_for("/2")),
      ElementsAre("POST /1 [Host: h] [Content-Length: 0]", "GET /2 [Host: h]"));
  EXPECT_THAT(
      seen_of("GET /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx" + asking_for("/2")),
      ElementsAre("GET /1 [Host: h] [Content-Length: 1] (x)", "GET /2 [Host: h]"));
}

// RFC 9112 section 2.2: some clients send an empty line behind a body.
TEST(HttpReader, passes_over_empty_lines_before_a_request) {
  EXPECT_THAT(seen_of("\r\n" + asking_for("/")), ElementsAre("GET / [Host: h]"));
  EXPECT_THAT(seen_of(asking_for("/1") + "\r\n" + asking_for("/2")),
              ElementsAre("GET /1 [Host: h]", "GET /2 [Host: h]"));
}

TEST(HttpReader, stays_idle_between_requests_whatever_empty_lines_come) {
  for (std::size_t piece : {1, 2, 3}) {
    const auto reading = read_in_pieces("\r\n\r\n\r", piece);
    EXPECT_THAT(reading.seen, IsEmpty());
    EXPECT_EQ(reading.state, HttpReader::State::idle);
    EXPECT_EQ(reading.left, "\r");
  }
}

TEST(HttpReader, puts_chunks_together) {
  EXPECT_THAT(seen_of(chunked("3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n")),
              ElementsAre("POST / " + std::string(kChunkedFields) + " (abc0123456789)"));
  EXPECT_THAT(seen_of(chunked("0a\r\n0123456789\r\n0000\r\n\r\n")),
              ElementsAre("POST / " + std::string(kChunkedFields) + " (0123456789)"));
}

TEST(HttpReader, ignores_chunk_extensions) {
  EXPECT_THAT(seen_of(chunked("1;a\r\nx\r\n1;a=b;c=\"d;\\\"e\"\r\ny\r\n0;last=1\r\n\r\n")),
              ElementsAre("POST / " + std::string(kChunkedFields) + " (xy)"));
}

// RFC 9110 section 6.5.1: merged, they would be fields that nobody has checked: another Host, a key.
TEST(HttpReader, drops_trailers) {
  EXPECT_THAT(
      seen_of(chunked("1\r\nx\r\n0\r\nHost: evil\r\nX-API-Key: k\r\nConnection: close\r\n\r\n")),
      ElementsAre("POST / " + std::string(kChunkedFields) + " (x)"));
}

TEST(HttpReader, keeps_bytes_of_a_body_as_they_are) {
  const std::string body("\0\r\n\r\n\xff", 6);
  const auto reading = seen_of("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\n" + body);
  EXPECT_THAT(reading, ElementsAre("POST / [Host: h] [Content-Length: 6] (" + body + ")"));
}

TEST(HttpReader, decodes_the_path_and_leaves_the_query) {
  const auto path = [](const std::string& target) { return seen_of(asking_for(target)).front(); };
  EXPECT_EQ(path("/a%20b/%E4%BE%BF"), "GET /a b/便 [Host: h]");
  EXPECT_EQ(path("/a+b?c+d%20e"), "GET /a+b?c+d%20e [Host: h]");
  EXPECT_EQ(path("/?"), "GET / [Host: h]");
  EXPECT_EQ(path("/??a=b?"), "GET /??a=b? [Host: h]");
  EXPECT_EQ(path("//a//"), "GET //a// [Host: h]");
  EXPECT_EQ(path("/../x/."), "GET /../x/. [Host: h]");
}

// RFC 9112 section 3.2.2.
TEST(HttpReader, understands_the_absolute_form) {
  const auto path = [](const std::string& target) { return seen_of(asking_for(target)).front(); };
  EXPECT_EQ(path("http://other.example/a?b"), "GET /a?b [Host: h]");
  EXPECT_EQ(path("https://other.example:81/"), "GET / [Host: h]");
  EXPECT_EQ(path("HTTP://other.example/a"), "GET /a [Host: h]");
  EXPECT_EQ(path("http://other.example"), "GET / [Host: h]");
  EXPECT_EQ(path("http://other.example?b=/c"), "GET /?b=/c [Host: h]");
}

// RFC 9110 section 9.1: methods are case-sensitive; which of them a path takes is the router's to say.
TEST(HttpReader, gives_any_method_as_it_was_sent) {
  EXPECT_THAT(seen_of("get / HTTP/1.1\r\nHost: h\r\n\r\n"), ElementsAre("get / [Host: h]"));
  EXPECT_THAT(seen_of("BREW /pot HTTP/1.1\r\nHost: h\r\n\r\n"), ElementsAre("BREW /pot [Host: h]"));
}

// RFC 9112 section 9.3.
TEST(HttpReader, knows_when_the_connection_persists) {
  const auto closes = [](const std::string& version, const std::string& connection) {
    const std::string fields = connection.empty() ? "" : "Connection: " + connection + "\r\n";
    return seen_of("GET / " + version + "\r\nHost: h\r\n" + fields + "\r\n")
        .front()
        .ends_with(" close");
  };
  EXPECT_FALSE(closes("HTTP/1.1", ""));
  EXPECT_FALSE(closes("HTTP/1.1", "keep-alive"));
  EXPECT_FALSE(closes("HTTP/1.1", "closed"));
  EXPECT_TRUE(closes("HTTP/1.1", "close"));
  EXPECT_TRUE(closes("HTTP/1.1", "x, Close"));
  EXPECT_TRUE(closes("HTTP/1.1", "keep-alive, close"));
  EXPECT_TRUE(closes("HTTP/1.0", ""));
  EXPECT_FALSE(closes("HTTP/1.0", "Keep-Alive"));
}

TEST(HttpReader, needs_no_host_of_an_old_client) {
  EXPECT_THAT(seen_of("GET / HTTP/1.0\r\n\r\n"), ElementsAre("GET / close"));
}

// RFC 9110 section 7.8: an upgrade that HTTP/1.0 asks for is not heard.
TEST(HttpReader, hides_the_upgrade_field_of_an_old_client) {
  EXPECT_THAT(seen_of("GET / HTTP/1.0\r\nUpgrade: websocket\r\nX: y\r\n\r\n"),
              ElementsAre("GET / [X: y] close"));
}

TEST(HttpReader, takes_every_host_that_may_be_one) {
  for (const char* host :
       {"h", "example.org:8080", "127.0.0.1", "[::1]:80", "a-b_c.d~e", "%41", ""}) {
    EXPECT_THAT(seen_of("GET / HTTP/1.1\r\nHost: "s + host + "\r\n\r\n"),
                ElementsAre("GET / [Host: "s + host + "]"));
  }
}

TEST(HttpReader, says_once_that_a_body_waits_to_be_asked_for) {
  const HttpLimits limits;
  HttpReader reader(limits);
  std::string bytes =
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n\r\n";
  EXPECT_EQ(reader.take(bytes), bytes.size());
  EXPECT_TRUE(reader.take_wants_continue());
  EXPECT_FALSE(reader.take_wants_continue());
  EXPECT_EQ(reader.take("ab"), 2U);
  EXPECT_FALSE(reader.take_wants_continue());
  EXPECT_EQ(reader.release().request.body, "ab");
}

TEST(HttpReader, asks_for_no_body_that_is_there_or_will_not_come) {
  const auto wants = [](const std::string& bytes) {
    const HttpLimits limits{.body_bytes = 10};
    HttpReader reader(limits);
    static_cast<void>(reader.take(bytes));
    return reader.take_wants_continue();
  };
  EXPECT_FALSE(wants("GET / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_FALSE(
      wants("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\nx"));
  EXPECT_FALSE(
      wants("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_FALSE(wants("POST / HTTP/1.0\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_FALSE(wants("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nExpect: teapot\r\n\r\n"));
}

}  // namespace
}  // namespace tayori::net
