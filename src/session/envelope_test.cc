#include "session/envelope.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

namespace tayori::session {
namespace {

using namespace std::string_literals;

struct Header {
  std::size_t text_size;
  std::string bytes;
};

/// RFC 6455 section 5.2: where the length takes 1, 3 and 9 bytes.
const std::vector<Header>& headers() {
  static const std::vector<Header> all{
      {4, "\x81\x04"s},
      {125, "\x81\x7D"s},
      {126, "\x81\x7E\x00\x7E"s},
      {65'535, "\x81\x7E\xFF\xFF"s},
      {65'536, "\x81\x7F\x00\x00\x00\x00\x00\x01\x00\x00"s},
      {1'048'576, "\x81\x7F\x00\x00\x00\x00\x00\x10\x00\x00"s},
  };
  return all;
}

TEST(Envelope, is_a_whole_websocket_frame_at_every_size_of_header) {
  for (const Header& header : headers()) {
    const std::string data(header.text_size - 3, 'x');
    const EnvelopeRef envelope = Envelope::message({1}, data);
    EXPECT_TRUE(envelope->bytes() == header.bytes + "m1\n" + data) << header.text_size;
    EXPECT_TRUE(envelope->text() == "m1\n" + data) << header.text_size;
    EXPECT_TRUE(envelope->data() == data) << header.text_size;
  }
}

TEST(Envelope, carries_other_frames_at_every_size_of_header) {
  for (const Header& header : headers()) {
    const std::string text(header.text_size, 'h');
    const EnvelopeRef envelope = Envelope::frame(text);
    EXPECT_TRUE(envelope->bytes() == header.bytes + text) << header.text_size;
    EXPECT_TRUE(envelope->text() == text) << header.text_size;
    EXPECT_EQ(envelope->sequence(), Sequence{});
  }
}

TEST(Envelope, numbers_messages_in_base_36) {
  const EnvelopeRef envelope = Envelope::message({101}, "hello");
  EXPECT_EQ(envelope->text(), "m2t\nhello");
  EXPECT_EQ(envelope->data(), "hello");
  EXPECT_EQ(envelope->sequence(), Sequence{101});
}

TEST(Envelope, carries_the_largest_number) {
  const Sequence largest{std::numeric_limits<std::int64_t>::max()};
  EXPECT_EQ(Envelope::message(largest, "x")->text(), "m1y2p0ij32e8e7\nx");
}

TEST(Envelope, carries_data_byte_for_byte) {
  for (const std::string& data : {"m2v\ne{}"s, "\n"s, "a\0b"s, "\xE4\xBE\xBF\xE3\x82\x8A"s, ""s}) {
    const EnvelopeRef envelope = Envelope::message({7}, data);
    EXPECT_EQ(envelope->data(), data);
    EXPECT_EQ(envelope->text(), "m7\n" + data);
  }
}

TEST(Envelope, leaves_raw_frames_as_they_are_and_without_text) {
  const std::string pong = "\x8A\x01x";
  const EnvelopeRef envelope = Envelope::raw(pong);
  EXPECT_EQ(envelope->bytes(), pong);
  EXPECT_EQ(envelope->text(), "");
  EXPECT_EQ(envelope->data(), "");
  EXPECT_EQ(envelope->sequence(), Sequence{});
}

}  // namespace
}  // namespace tayori::session
