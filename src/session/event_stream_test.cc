#include "session/event_stream.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/random.h"
#include "session/frames.h"

namespace tayori::session {
namespace {

namespace json = boost::json;

std::string text_of(const json::value& value, std::string_view member) {
  return std::string(value.at(member).as_string());
}

json::array vectors() {
  std::ifstream file(TAYORI_SOURCE_DIR "/spec/vectors/events.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto parsed = base::parse_json(text);
  EXPECT_TRUE(parsed) << parsed.error;
  return parsed ? parsed.value->at("events").as_array() : json::array();
}

/// The data of one event, put together as spec/protocol.md 3.1 says.
std::string restored(std::string_view event) {
  std::string data;
  std::string_view breaks;
  std::size_t lines = 0;
  while (!event.empty()) {
    const std::size_t end = event.find('\n');
    const std::string_view line = event.substr(0, end);
    event.remove_prefix(end + 1);
    EXPECT_EQ(line.find('\r'), std::string_view::npos) << "it would end the line";
    if (line.starts_with("breaks: ")) breaks = line.substr(8);
    if (!line.starts_with("data: ")) continue;
    if (lines > 0) {
      const char letter = breaks.empty() ? 'n' : breaks.at(lines - 1);
      data += letter == 'n' ? "\n" : letter == 'r' ? "\r" : "\r\n";
    }
    data += line.substr(6);
    ++lines;
  }
  return data;
}

TEST(EventOfMessage, is_written_as_the_vectors_say) {
  std::size_t seen = 0;
  for (const json::value& vector : vectors()) {
    SCOPED_TRACE(text_of(vector, "name"));
    const std::string epoch = text_of(vector, "epoch");
    const auto place = Cursor::parse(epoch + "-" + text_of(vector, "seq"));
    ASSERT_TRUE(place);
    EXPECT_EQ(event_of_message(epoch, place->sequence, text_of(vector, "data")),
              text_of(vector, "text"));
    ++seen;
  }
  EXPECT_GE(seen, 30U);
}

TEST(EventOfMessage, gives_every_message_back_byte_for_byte) {
  base::Random random = base::Random::seeded(9);
  constexpr std::string_view kPieces[] = {"\r", "\n", "\r\n", "x", ":", " ", "data: ", "\0"};
  for (int round = 0; round < 5'000; ++round) {
    std::string data;
    const std::uint64_t pieces = 1 + random.below(12);
    for (std::uint64_t i = 0; i < pieces; ++i) data += kPieces[random.below(8)];
    const std::string event = event_of_message("e1", {1}, data);
    ASSERT_EQ(restored(event), data) << testing::PrintToString(data);
    ASSERT_TRUE(event.ends_with("\n\n"));
    ASSERT_EQ(event.find("\n\n"), event.size() - 2) << "one event, not two";
  }
}

TEST(EventOfFrame, names_what_it_is) {
  const Cursor from{"e1", {5}};
  const Cursor to{"e1", {8}};
  EXPECT_EQ(event_of_frame(gap_frame(from, to), to.text()),
            "event: gap\nid: e1-8\ndata: {\"from\":\"e1-5\",\"to\":\"e1-8\"}\n\n");
  EXPECT_EQ(event_of_frame(opened_frame({.session = "s1",
                                         .cursor = from,
                                         .recovered = false,
                                         .heartbeat = std::chrono::seconds{25},
                                         .expires_in = std::chrono::seconds{7'200}}),
                           from.text()),
            "event: opened\nid: e1-5\ndata: {\"session\":\"s1\",\"cursor\":\"e1-5\",\"recovered\":"
            "false,\"heartbeat_s\":25,\"expires_in_s\":7200}\n\n");
}

TEST(EventOfFrame, leaves_the_readers_place_alone_when_it_has_none) {
  EXPECT_EQ(event_of_frame(error_frame(ErrorCode::token_timed_out)),
            "event: error\ndata: {\"code\":401,\"description\":\"Token+timed+out.\",\"reconnect\":"
            "false,\"name\":\"token_timed_out\"}\n\n");
}

TEST(EventOfFrame, is_a_comment_for_a_heartbeat) {
  EXPECT_EQ(event_of_frame(kHeartbeatFrame), ":\n\n");
  EXPECT_EQ(event_of_frame(kHeartbeatFrame), kEventStreamComment);
}

TEST(EventOfFrame, is_one_line_of_data_for_every_error) {
  for (std::size_t i = 0; i < kErrorFacts.size(); ++i) {
    const std::string frame = error_frame(static_cast<ErrorCode>(i));
    EXPECT_EQ(restored(event_of_frame(frame)), frame.substr(1));
  }
}

TEST(EventOfFrameDeathTest, is_for_what_a_server_says_only) {
  EXPECT_EXIT(static_cast<void>(event_of_frame("t{}")), testing::KilledBySignal(SIGABRT), "");
}

}  // namespace
}  // namespace tayori::session
