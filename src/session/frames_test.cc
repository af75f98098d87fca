#include "session/frames.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "session/envelope.h"

namespace tayori::session {
namespace {

using namespace std::string_literals;
namespace json = boost::json;
using Kind = PageFrame::Kind;

json::array vectors() {
  std::ifstream file(TAYORI_SOURCE_DIR "/spec/vectors/frames.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto parsed = base::parse_json(text);
  EXPECT_TRUE(parsed) << parsed.error;
  return parsed ? parsed.value->at("frames").as_array() : json::array();
}

std::string text_of(const json::value& value, std::string_view member) {
  return std::string(value.at(member).as_string());
}

Cursor cursor_of(const json::value& frame, std::string_view member) {
  return *Cursor::parse(text_of(frame, member));
}

std::optional<ErrorCode> error_called(std::string_view name) {
  for (std::size_t i = 0; i < kErrorFacts.size(); ++i) {
    if (kErrorFacts.at(i).name == name) return static_cast<ErrorCode>(i);
  }
  return std::nullopt;
}

/// `frame` of the vectors as we write it; nothing when it is one that only others write.
std::optional<std::string> written(const json::value& frame) {
  const std::string kind = text_of(frame, "kind");
  if (kind == "o") {
    return opened_frame({.session = text_of(frame, "session"),
                         .cursor = cursor_of(frame, "cursor"),
                         .recovered = frame.at("recovered").as_bool(),
                         .heartbeat = std::chrono::seconds(frame.at("heartbeat_s").as_int64()),
                         .expires_in = std::chrono::seconds(frame.at("expires_in_s").as_int64())});
  }
  if (kind == "m") {
    const auto place = Cursor::parse("e-" + text_of(frame, "seq"));
    return std::string(Envelope::message(place->sequence, text_of(frame, "data"))->text());
  }
  if (kind == "g") return gap_frame(cursor_of(frame, "from"), cursor_of(frame, "to"));
  if (kind == "h") return std::string(kHeartbeatFrame);
  if (kind == "a") return std::string(kAskFrame);
  if (kind != "e") return std::nullopt;
  const auto code = error_called(text_of(frame, "name"));
  return code ? std::optional(error_frame(*code)) : std::nullopt;
}

Kind kind_called(std::string_view letter) {
  switch (letter.front()) {
    case 't': return Kind::token;
    case 'h': return Kind::heartbeat;
    case 'a': return Kind::handled;
    default: return Kind::close;
  }
}

void expect_page_frame(const Result<PageFrame>& read, const json::value& expected) {
  if (expected.is_null()) {
    EXPECT_FALSE(read);
    return;
  }
  ASSERT_TRUE(read) << read.error().detail;
  const std::string kind = text_of(expected, "kind");
  EXPECT_EQ(read->kind, kind_called(kind));
  const json::object& members = expected.as_object();
  EXPECT_EQ(to_base36(read->handled), members.contains("seq") ? text_of(expected, "seq") : "0");
  EXPECT_EQ(read->opening.token, members.contains("token") ? text_of(expected, "token") : "");
  ASSERT_EQ(read->opening.cursor.has_value(), members.contains("cursor"));
  ASSERT_EQ(read->opening.session.has_value(), members.contains("session"));
  if (read->opening.session) {
    EXPECT_EQ(*read->opening.session, text_of(expected, "session"));
  }
  if (read->opening.cursor) {
    EXPECT_EQ(read->opening.cursor->text(), text_of(expected, "cursor"));
  }
}

ErrorCode refusal(std::string_view text) {
  const auto read = parse_page_frame(text);
  EXPECT_FALSE(read) << text.substr(0, 80);
  return read ? ErrorCode::internal_error : read.error().code;
}

TEST(PageFrame, is_read_as_the_vectors_say) {
  std::size_t seen = 0;
  for (const json::value& vector : vectors()) {
    if (text_of(vector, "to") != "server") continue;
    SCOPED_TRACE(text_of(vector, "name"));
    expect_page_frame(parse_page_frame(text_of(vector, "text")), vector.at("frame"));
    ++seen;
  }
  EXPECT_GE(seen, 20U);
}

TEST(ServerFrame, is_written_as_the_vectors_say) {
  std::size_t seen = 0;
  for (const json::value& vector : vectors()) {
    const bool is_canonical = vector.as_object().contains("canonical");
    if (text_of(vector, "to") != "page" || !is_canonical || vector.at("frame").is_null()) continue;
    SCOPED_TRACE(text_of(vector, "name"));
    const auto text = written(vector.at("frame"));
    if (!text) continue;
    EXPECT_EQ(*text, text_of(vector, "text"));
    ++seen;
  }
  EXPECT_GE(seen, 20U);
}

TEST(PageFrame, takes_null_for_no_cursor) {
  const auto read = parse_page_frame(R"(t{"token":"a","cursor":null})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->opening.token, "a");
  EXPECT_FALSE(read->opening.cursor);
}

TEST(PageFrame, may_have_members_of_a_later_protocol) {
  const auto read = parse_page_frame(R"(t{"token":"a","later":{"x":[1,2]}})");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->opening.token, "a");
}

TEST(PageFrame, tells_what_is_wrong_by_its_code) {
  EXPECT_EQ(refusal(R"(t[])"), ErrorCode::protocol_error);
  EXPECT_EQ(refusal(R"(tnull)"), ErrorCode::protocol_error);
  EXPECT_EQ(refusal(R"(t{})"), ErrorCode::protocol_error);
  EXPECT_EQ(refusal(R"(t{"token":null})"), ErrorCode::protocol_error);
  EXPECT_EQ(refusal(R"(t{"token":["a"]})"), ErrorCode::protocol_error);
  EXPECT_EQ(refusal(R"(t{"token":"a","cursor":{}})"), ErrorCode::invalid_cursor);
  EXPECT_EQ(refusal(R"(t{"token":"a","cursor":""})"), ErrorCode::invalid_cursor);
  EXPECT_EQ(refusal(R"(t{"token":)"), ErrorCode::invalid_json);
  EXPECT_EQ(refusal("o{}"), ErrorCode::protocol_error);
  EXPECT_EQ(refusal("hh"), ErrorCode::protocol_error);
  EXPECT_EQ(refusal("\0h"s), ErrorCode::protocol_error);
}

TEST(PageFrame, names_nothing_twice) {
  EXPECT_EQ(refusal(R"(t{"token":"a","token":"b"})"), ErrorCode::invalid_json);
  EXPECT_EQ(refusal(R"(t{"token":"a","cursor":"e-1","cursor":"e-2"})"), ErrorCode::invalid_json);
  EXPECT_EQ(refusal(R"(t{"token":"a","t\u006fken":"b"})"), ErrorCode::invalid_json);
}

TEST(PageFrame, is_utf8_without_lone_surrogates) {
  EXPECT_EQ(refusal("t{\"token\":\"\xFF\"}"), ErrorCode::invalid_json);
  EXPECT_EQ(refusal(R"(t{"token":"\ud800"})"), ErrorCode::invalid_json);
}

TEST(PageFrame, stops_reading_at_the_first_bracket_too_deep) {
  EXPECT_TRUE(parse_page_frame(R"(t{"token":"a","x":[[[1]]]})"));
  EXPECT_EQ(refusal(R"(t{"token":"a","x":[[[[1]]]]})"), ErrorCode::invalid_json);
  EXPECT_EQ(refusal("t" + std::string(kPageFrameBytes - 1, '[')), ErrorCode::invalid_json);
  std::string nested = "t";
  while (nested.size() + 5 < kPageFrameBytes) nested += R"({"x":)";
  EXPECT_EQ(refusal(nested), ErrorCode::invalid_json);
}

TEST(PageFrame, has_few_members) {
  std::string crowd = R"(t{"token":"a")";
  for (int i = 0; i < 1'000; ++i) crowd += ",\"" + std::to_string(i) + "\":1";
  EXPECT_EQ(refusal(crowd + "}"), ErrorCode::invalid_json);
}

TEST(PageFrame, is_at_most_32_kib) {
  const std::string frame = R"(t{"token":""})";
  const std::string token(kPageFrameBytes - frame.size(), 'a');
  const auto read = parse_page_frame(R"(t{"token":")" + token + "\"}");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->opening.token.size(), token.size());
  EXPECT_EQ(refusal(R"(t{"token":"a)" + token + "\"}"), ErrorCode::payload_too_large);
  EXPECT_EQ(refusal(std::string(kPageFrameBytes + 1, 'h')), ErrorCode::payload_too_large);
}

TEST(PageFrame, shows_nothing_of_itself_in_its_errors) {
  for (const char* text : {R"(t{"secret":1})", R"(t{"token":"a","cursor":"secret"})", "tsecret",
                           R"(t{"token":"secret)", "secret"}) {
    const auto read = parse_page_frame(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().detail.find("secret"), std::string::npos) << text;
  }
}

TEST(ServerFrame, says_every_error_of_the_table) {
  for (std::size_t i = 0; i < kErrorFacts.size(); ++i) {
    const ErrorFacts& told = kErrorFacts.at(i);
    const std::string text = error_frame(static_cast<ErrorCode>(i));
    ASSERT_TRUE(text.starts_with('e')) << text;
    const auto parsed = base::parse_json(std::string_view(text).substr(1));
    ASSERT_TRUE(parsed) << text;
    EXPECT_EQ(parsed.value->at("code").as_int64(), told.http_status);
    EXPECT_EQ(text_of(*parsed.value, "description"), told.description);
    EXPECT_EQ(text_of(*parsed.value, "name"), told.name);
    EXPECT_EQ(parsed.value->at("reconnect").as_bool(), told.reconnect);
  }
}

}  // namespace
}  // namespace tayori::session
