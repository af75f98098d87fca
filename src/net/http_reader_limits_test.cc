#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "net/http_reading.h"

namespace tayori::net {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kHeadTooLarge = "refused: head_too_large";
constexpr const char* kBodyTooLarge = "refused: payload_too_large";

constexpr std::string_view kStart = "GET / HTTP/1.1\r\nHost: h\r\n";

/// A head of `bytes` bytes.
std::string head_of(std::size_t bytes) {
  std::string head(kStart);
  head += "X: ";
  return head + std::string(bytes - head.size() - 4, 'x') + "\r\n\r\n";
}

std::string fields(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "a:b\r\n";
  return text;
}

std::string post(std::size_t length) {
  return "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
}

const std::string kChunked = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

/// Pieces that end one byte behind a field: what a field's end has to be seen by, and no more.
HttpReading read_field_by_field(std::string_view bytes, const HttpLimits& limits) {
  HttpReader reader(limits);
  HttpReading reading;
  std::size_t shown = 0;
  while (shown < bytes.size() && reader.state() != HttpReader::State::failed) {
    const std::size_t line = bytes.find("\r\n", shown);
    const std::size_t end = line == std::string_view::npos ? bytes.size() : line + 3;
    reading.left += bytes.substr(shown, end - shown);
    shown = std::min(end, bytes.size());
    reading.left.erase(0, reader.take(reading.left));
    if (reader.state() == HttpReader::State::complete) break;
  }
  reading.state = reader.state();
  if (reading.state == HttpReader::State::failed)
    reading.seen.push_back("refused: " + std::string(facts(reader.error().code).name));
  return reading;
}

TEST(HttpReaderLimits, hold_for_the_bytes_of_a_head) {
  const HttpLimits limits{.head_bytes = 200};
  for (std::size_t piece : {1, 3, 100, 199, 200, 1'000}) {
    EXPECT_THAT(read_in_pieces(head_of(200), piece, limits).seen,
                ElementsAre(testing::StartsWith("GET /")))
        << "in pieces of " << piece;
    EXPECT_THAT(read_in_pieces(head_of(201), piece, limits).seen, ElementsAre(kHeadTooLarge))
        << "in pieces of " << piece;
  }
}

TEST(HttpReaderLimits, hold_for_a_head_that_comes_field_by_field) {
  const HttpLimits limits{.head_bytes = 1'000, .head_fields = 1'000'000};
  const auto reading = read_field_by_field(std::string(kStart) + fields(10'000) + "\r\n", limits);
  EXPECT_THAT(reading.seen, ElementsAre(kHeadTooLarge));
}

TEST(HttpReaderLimits, hold_for_the_number_of_fields) {
  const HttpLimits limits;
  const std::string start(kStart);
  EXPECT_THAT(seen_of(start + fields(99) + "\r\n"), ElementsAre(testing::StartsWith("GET /")));
  EXPECT_THAT(seen_of(start + fields(100) + "\r\n"), ElementsAre(kHeadTooLarge));
  EXPECT_THAT(read_field_by_field(start + fields(100) + "\r\n", limits).seen,
              ElementsAre(kHeadTooLarge));
}

TEST(HttpReaderLimits, refuse_ten_thousand_short_fields_before_they_are_all_there) {
  for (std::size_t piece : {1, 1'000, 65'536}) {
    const auto reading = read_in_pieces(std::string(kStart) + fields(10'000) + "\r\n", piece);
    EXPECT_THAT(reading.seen, ElementsAre(kHeadTooLarge)) << "in pieces of " << piece;
  }
}

TEST(HttpReaderLimits, refuse_an_address_without_end) {
  for (std::size_t piece : {1, 1'000, 65'536}) {
    const auto reading = read_in_pieces("GET /" + std::string(100'000, 'a'), piece);
    EXPECT_THAT(reading.seen, ElementsAre(kHeadTooLarge)) << "in pieces of " << piece;
  }
}

TEST(HttpReaderLimits, refuse_a_method_without_end) {
  EXPECT_THAT(read_in_pieces(std::string(100'000, 'A'), 1'000).seen, ElementsAre(kHeadTooLarge));
}

TEST(HttpReaderLimits, refuse_a_field_without_end) {
  const std::string start(kStart);
  EXPECT_THAT(read_in_pieces(start + std::string(100'000, 'a'), 1'000).seen,
              ElementsAre(kHeadTooLarge));
  EXPECT_THAT(read_in_pieces(start + "a:" + std::string(100'000, ' '), 1'000).seen,
              ElementsAre(kHeadTooLarge));
}

TEST(HttpReaderLimits, hold_for_a_body_by_its_stated_length) {
  const HttpLimits limits{.body_bytes = 10};
  EXPECT_THAT(seen_of(post(10) + "0123456789", limits),
              ElementsAre(testing::EndsWith("(0123456789)")));
  // At once, not when the eleventh byte comes.
  EXPECT_THAT(seen_of(post(11), limits), ElementsAre(kBodyTooLarge));
  EXPECT_THAT(seen_of(post(std::size_t{1} << 62U), limits), ElementsAre(kBodyTooLarge));
}

TEST(HttpReaderLimits, hold_for_a_body_of_chunks) {
  const HttpLimits limits{.body_bytes = 10};
  EXPECT_THAT(seen_of(kChunked + "5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n", limits),
              ElementsAre(testing::EndsWith("(0123456789)")));
  EXPECT_THAT(seen_of(kChunked + "5\r\n01234\r\n6\r\n", limits), ElementsAre(kBodyTooLarge));
  EXPECT_THAT(seen_of(kChunked + "ffffffffffffffff\r\n", limits), ElementsAre(kBodyTooLarge));
}

TEST(HttpReaderLimits, refuse_a_chunk_extension_without_end) {
  for (std::size_t piece : {1'000, 65'536}) {
    const auto reading = read_in_pieces(kChunked + "1;" + std::string(1'000'000, 'a'), piece);
    EXPECT_THAT(reading.seen, ElementsAre(kHeadTooLarge)) << "in pieces of " << piece;
    EXPECT_LT(reading.kept, 100'000U);
  }
}

TEST(HttpReaderLimits, refuse_a_chunk_size_without_end) {
  EXPECT_THAT(read_in_pieces(kChunked + std::string(1'000'000, '0'), 1'000).seen,
              ElementsAre(kHeadTooLarge));
}

TEST(HttpReaderLimits, refuse_trailers_without_end) {
  for (std::size_t piece : {1'000, 65'536}) {
    const auto reading = read_in_pieces(kChunked + "0\r\n" + fields(200'000), piece);
    EXPECT_THAT(reading.seen, ElementsAre(kHeadTooLarge)) << "in pieces of " << piece;
    EXPECT_LT(reading.kept, 100'000U);
  }
}

TEST(HttpReaderLimits, let_a_body_pass_that_is_longer_than_a_head_may_be) {
  const std::string body(60'000, 'x');
  for (std::size_t piece : {100, 65'536}) {
    const auto whole = read_in_pieces(post(body.size()) + body, piece);
    EXPECT_THAT(whole.seen, ElementsAre(testing::EndsWith(body + ")")));
    const auto chunks = read_in_pieces(kChunked + "ea60\r\n" + body + "\r\n0\r\n\r\n", piece);
    EXPECT_THAT(chunks.seen, ElementsAre(testing::EndsWith(body + ")")));
  }
}

TEST(HttpReaderLimits, leave_a_head_alone_that_is_still_on_its_way) {
  EXPECT_THAT(read_in_pieces(head_of(10'000).substr(0, 9'990), 1'000).seen, IsEmpty());
}

}  // namespace
}  // namespace tayori::net
