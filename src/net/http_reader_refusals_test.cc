// What RFC 9112 has a server refuse, or read in the one way that no other reader takes for something else.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "net/http_reading.h"

namespace tayori::net {
namespace {

using namespace std::string_literals;

struct Malformed {
  std::string name;
  std::string bytes;
};

class HttpReaderRefuses : public testing::TestWithParam<Malformed> {};

std::string name_of(const testing::TestParamInfo<Malformed>& info) { return info.param.name; }

TEST_P(HttpReaderRefuses, it_however_it_is_cut) {
  EXPECT_THAT(seen_of(GetParam().bytes), testing::ElementsAre("refused: invalid_request"));
  // A byte at a time, a head is looked at when its end has come; without one, time runs out for it.
  const std::string bytes = GetParam().bytes + "\r\n\r\n";
  for (std::size_t piece : {1, 2, 7}) {
    EXPECT_THAT(read_in_pieces(bytes, piece).seen, testing::ElementsAre("refused: invalid_request"))
        << "in pieces of " << piece;
  }
}

std::string with(const std::string& fields, const std::string& body = "") {
  return "POST / HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n" + body;
}

std::string target(const std::string& text) {
  return "GET " + text + " HTTP/1.1\r\nHost: h\r\n\r\n";
}

std::string host(const std::string& text) { return "GET / HTTP/1.1\r\nHost: " + text + "\r\n\r\n"; }

std::string chunked(const std::string& body) {
  return with("Transfer-Encoding: chunked\r\n", body + "\r\n0\r\n\r\n\r\n");
}

// Two readers that see different lengths let one request hide in another (RFC 9112 sections 6.1 to 6.3, 11.2).
const std::vector<Malformed> kLengths{
    {"length_and_chunks", with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
    {"chunks_and_length", with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")},
    {"two_lengths", with("Content-Length: 5\r\nContent-Length: 6\r\n", "123456")},
    {"two_equal_lengths", with("Content-Length: 5\r\nContent-Length: 5\r\n", "12345")},
    {"a_list_of_lengths", with("Content-Length: 5, 5\r\n", "12345")},
    {"a_list_of_one_length", with("Content-Length: 5,\r\n", "12345")},
    {"a_negative_length", with("Content-Length: -1\r\n")},
    {"a_signed_length", with("Content-Length: +5\r\n", "12345")},
    {"a_hexadecimal_length", with("Content-Length: 0x5\r\n", "12345")},
    {"an_empty_length", with("Content-Length:\r\n")},
    {"a_length_of_two_numbers", with("Content-Length: 5 5\r\n", "12345")},
    {"a_length_beyond_64_bits", with("Content-Length: 18446744073709551616\r\n")},
    {"an_unknown_coding", with("Transfer-Encoding: gzip\r\n", "0\r\n\r\n")},
    {"the_identity_coding", with("Transfer-Encoding: identity\r\n")},
    {"chunked_after_another", with("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")},
    {"chunked_before_another", with("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n")},
    {"chunked_twice", with("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n")},
    {"chunked_on_two_lines", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")},
    {"identity_then_chunked",
     with("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n")},
    {"something_like_chunked", with("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")},
    {"chunked_in_quotes", with("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n")},
    {"an_empty_coding", with("Transfer-Encoding:\r\n")},
    {"chunks_in_http_1_0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    {"a_space_before_the_colon", with("Transfer-Encoding : chunked\r\n", "0\r\n\r\n")},
    {"a_length_on_a_folded_line", with("X: y\r\n Content-Length: 5\r\n", "12345")},
    {"a_coding_on_a_folded_line", with("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n")},
};
INSTANTIATE_TEST_SUITE_P(Lengths, HttpReaderRefuses, testing::ValuesIn(kLengths), name_of);

// RFC 9112 section 7.1.
const std::vector<Malformed> kChunks{
    {"no_size", chunked("\r\nx")},
    {"a_size_that_is_none", chunked("zz\r\nx")},
    {"a_signed_size", chunked("+1\r\nx")},
    {"a_negative_size", chunked("-1\r\nx")},
    {"a_size_with_a_prefix", chunked("0x1\r\nx")},
    {"a_size_behind_a_space", chunked(" 1\r\nx")},
    {"a_size_before_a_space", chunked("1 \r\nx")},
    {"a_size_beyond_64_bits", chunked("10000000000000001\r\nx")},
    {"an_end_with_more_data", with("Transfer-Encoding: chunked\r\n", "1\r\nxy\r\n0\r\n\r\n")},
    {"an_end_without_a_line_end", with("Transfer-Encoding: chunked\r\n", "1\r\nx0\r\n\r\n12345")},
    {"an_end_by_a_bare_line_feed",
     with("Transfer-Encoding: chunked\r\n", "1\r\nx\n0\r\n\r\n12345")},
    {"a_bare_line_feed_after_the_size", chunked("1\nx")},
    {"a_bare_carriage_return_after_the_size", chunked("1\rx")},
    {"an_extension_without_a_name", chunked("1;\r\nx")},
    {"a_line_feed_in_an_extension", chunked("1;a\nb\r\nx")},
    {"a_line_feed_in_a_quoted_extension", chunked("1;a=\"\n\"\r\nx")},
    {"a_nul_in_a_quoted_extension", chunked("1;a=\"\0\"\r\nx"s)},
    {"a_line_feed_in_the_last_extension",
     with("Transfer-Encoding: chunked\r\n", "0;a=\"\n\"\r\n\r\n")},
    {"a_quote_that_spans_lines", chunked("1;a=\"\r\nx\r\n0\r\n\r\n\"")},
    {"a_trailer_with_a_length",
     with("Transfer-Encoding: chunked\r\n", "0\r\nContent-Length: 5\r\n\r\n")},
    {"a_trailer_without_a_colon", with("Transfer-Encoding: chunked\r\n", "0\r\nx\r\n\r\n")},
};
INSTANTIATE_TEST_SUITE_P(Chunks, HttpReaderRefuses, testing::ValuesIn(kChunks), name_of);

// RFC 9112 sections 2.2, 3 and 5.
const std::vector<Malformed> kLines{
    {"bare_line_feeds", "GET / HTTP/1.1\nHost: h\n\n"},
    {"a_bare_line_feed_after_the_request_line", "GET / HTTP/1.1\nHost: h\r\n\r\n"},
    {"a_bare_line_feed_after_a_field", "GET / HTTP/1.1\r\nHost: h\nX: y\r\n\r\n"},
    {"a_bare_line_feed_at_the_end", "GET / HTTP/1.1\r\nHost: h\r\n\nGET /2 HTTP/1.1\r\n"},
    {"a_bare_carriage_return", "GET / HTTP/1.1\r\nHost: h\rX: y\r\n\r\n"},
    {"a_bare_carriage_return_at_the_end", "GET / HTTP/1.1\r\nHost: h\r\n\rX\r\n\r\n"},
    {"a_folded_line", "GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n"},
    {"a_line_folded_with_a_tab", "GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n\tb\r\n\r\n"},
    {"a_first_field_that_is_folded", "GET / HTTP/1.1\r\n Host: h\r\n\r\n"},
    {"a_field_without_a_colon", "GET / HTTP/1.1\r\nHost: h\r\nX\r\n\r\n"},
    {"a_field_without_a_name", "GET / HTTP/1.1\r\nHost: h\r\n: y\r\n\r\n"},
    {"a_name_with_a_space", "GET / HTTP/1.1\r\nHost: h\r\nX Y: z\r\n\r\n"},
    {"a_name_before_a_space", "GET / HTTP/1.1\r\nHost: h\r\nX : z\r\n\r\n"},
    {"a_name_with_a_nul", "GET / HTTP/1.1\r\nHost: h\r\nX\0Y: z\r\n\r\n"s},
    {"a_name_beyond_ascii", "GET / HTTP/1.1\r\nHost: h\r\n\xc3\xa4: z\r\n\r\n"},
    {"a_value_with_a_nul", "GET / HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n"s},
    {"a_value_with_an_escape", "GET / HTTP/1.1\r\nHost: h\r\nX: a\x1b[0m\r\n\r\n"},
    {"a_value_with_a_delete", "GET / HTTP/1.1\r\nHost: h\r\nX: a\x7f\r\n\r\n"},
    {"no_version", "GET /\r\nHost: h\r\n\r\n"},
    {"a_version_to_come", "GET / HTTP/2.0\r\nHost: h\r\n\r\n"},
    {"a_version_of_old", "GET / HTTP/0.9\r\nHost: h\r\n\r\n"},
    {"a_version_in_small_letters", "GET / http/1.1\r\nHost: h\r\n\r\n"},
    {"a_version_with_more_digits", "GET / HTTP/1.10\r\nHost: h\r\n\r\n"},
    {"two_spaces_before_the_target", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"two_spaces_before_the_version", "GET /  HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"a_space_behind_the_version", "GET / HTTP/1.1 \r\nHost: h\r\n\r\n"},
    {"a_tab_for_a_space", "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"a_method_that_is_no_token", "GE(T / HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"a_space_before_the_method", " GET / HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"the_opening_of_http_2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
    {"the_opening_of_tls", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s},
    {"the_opening_of_ssh", "SSH-2.0-OpenSSH_9.2\r\n"},
    {"nothing_but_nul", std::string(32, '\0')},
    {"a_binary_mess", "\xde\xad\xbe\xef\r\n\r\n"},
};
INSTANTIATE_TEST_SUITE_P(Lines, HttpReaderRefuses, testing::ValuesIn(kLines), name_of);

// RFC 9112 section 3.2.
const std::vector<Malformed> kTargets{
    {"no_target", "GET  HTTP/1.1\r\nHost: h\r\n\r\n"},
    {"a_relative_target", target("a/b")},
    {"a_target_for_proxies", target("example.org:443")},
    {"the_asterisk", target("*")},
    {"another_scheme", target("ftp://h/a")},
    {"an_absolute_target_without_a_host", target("http:///a")},
    {"a_fragment", target("/a#b")},
    {"an_escape_without_digits", target("/%")},
    {"an_escape_of_one_digit", target("/%4")},
    {"an_escape_of_no_digits", target("/%zz")},
    {"an_escaped_nul", target("/a%00b")},
    {"an_escaped_line_end", target("/a%0d%0aX:%20y")},
    {"an_escaped_delete", target("/%7f")},
    {"an_escaped_path_beyond_utf_8", target("/%ff")},
    {"an_overlong_slash", target("/%c0%af")},
    {"a_surrogate", target("/%ed%a0%80")},
    {"a_control_character", target("/a\x01")},
    {"no_host", "GET / HTTP/1.1\r\nX: y\r\n\r\n"},
    {"two_hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
    {"the_same_host_twice", "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n"},
    {"two_hosts_of_an_old_client", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"},
    {"a_host_with_a_path", host("a/b")},
    {"a_host_with_a_user", host("me@a")},
    {"a_list_of_hosts", host("a, b")},
    {"a_host_with_a_space", host("a b")},
    {"a_host_with_a_fragment", host("a#b")},
    {"a_host_with_a_quote", host("a\"b")},
};
INSTANTIATE_TEST_SUITE_P(Targets, HttpReaderRefuses, testing::ValuesIn(kTargets), name_of);

TEST(HttpReaderRefusal, says_what_is_wrong_and_quotes_nothing) {
  const HttpLimits limits;
  HttpReader reader(limits);
  static_cast<void>(reader.take("GET / HTTP/1.1\r\nHost: h\r\nsecret stuff\r\n\r\n"));
  ASSERT_EQ(reader.state(), HttpReader::State::failed);
  EXPECT_EQ(reader.error().code, ErrorCode::invalid_request);
  EXPECT_THAT(reader.error().detail, testing::Not(testing::HasSubstr("secret")));
  EXPECT_THAT(reader.error().detail, testing::HasSubstr("HTTP/1.1"));
}

TEST(HttpReaderRefusal, comes_as_soon_as_no_further_byte_could_mend_it) {
  EXPECT_EQ(seen_of("\x16\x03\x01"s).size(), 1U);
  EXPECT_EQ(seen_of("GET / HTTP/1.1\nHost").size(), 1U);
  EXPECT_EQ(seen_of("GET / HTTP/1.1\r\nTransfer-Encoding : ").size(), 1U);
}

}  // namespace
}  // namespace tayori::net
