#include "session/encodings.h"

#include <gtest/gtest.h>

#include <string>

#include "base/json.h"
#include "session/event_stream.h"
#include "session/frames.h"

namespace tayori::session {
namespace {

constexpr WireFormat kFormats[] = {WireFormat::websocket, WireFormat::event_stream,
                                   WireFormat::json};

class EncodingsTest : public testing::Test {
 protected:
  const std::string epoch_ = "e1";
  Encodings encodings_{epoch_};
};

TEST_F(EncodingsTest, leaves_the_logs_own_form_as_it_is) {
  const EnvelopeRef message = Envelope::message({7}, "x");
  EXPECT_EQ(encodings_.message(WireFormat::websocket, message), message);
}

TEST_F(EncodingsTest, makes_events_and_json_strings) {
  const EnvelopeRef message = Envelope::message({46}, "a \"b\"\r\nc\x01");
  EXPECT_EQ(encodings_.message(WireFormat::event_stream, message)->bytes(),
            event_of_message("e1", {46}, "a \"b\"\r\nc\x01"));
  const auto json = base::parse_json(encodings_.message(WireFormat::json, message)->bytes());
  ASSERT_TRUE(json);
  EXPECT_EQ(std::string(json.value->as_string()), "m1a\na \"b\"\r\nc\x01");
}

TEST_F(EncodingsTest, keeps_the_number_in_every_form) {
  const EnvelopeRef message = Envelope::message({46}, "x");
  for (const WireFormat format : kFormats)
    EXPECT_EQ(encodings_.message(format, message)->sequence(), Sequence{46});
}

TEST_F(EncodingsTest, makes_a_form_once_for_all_who_hear_a_message_together) {
  const EnvelopeRef first = Envelope::message({1}, "x");
  const EnvelopeRef second = Envelope::message({2}, "y");
  for (const WireFormat format : {WireFormat::event_stream, WireFormat::json}) {
    const EnvelopeRef made = encodings_.message(format, first);
    // Pages of all kinds in between.
    for (const WireFormat other : kFormats) static_cast<void>(encodings_.message(other, first));
    EXPECT_EQ(encodings_.message(format, first), made);
    EXPECT_NE(encodings_.message(format, second), made);
    EXPECT_EQ(encodings_.message(format, second)->sequence(), Sequence{2});
  }
}

TEST_F(EncodingsTest, keeps_no_message_but_the_last) {
  const EnvelopeRef first = Envelope::message({1}, "x");
  for (const WireFormat format : kFormats) static_cast<void>(encodings_.message(format, first));
  const EnvelopeRef second = Envelope::message({2}, "y");
  for (const WireFormat format : kFormats) static_cast<void>(encodings_.message(format, second));
  EXPECT_EQ(first.use_count(), 1);
}

TEST(EncodeFrame, gives_each_transport_its_form) {
  const std::string text = gap_frame({"e1", {1}}, {"e1", {2}});
  EXPECT_EQ(encode_frame(WireFormat::websocket, text)->text(), text);
  EXPECT_EQ(encode_frame(WireFormat::event_stream, text, "e1-2")->bytes(),
            event_of_frame(text, "e1-2"));
  EXPECT_EQ(encode_frame(WireFormat::json, text, "e1-2")->bytes(), base::json_string(text));
  for (const WireFormat format : kFormats)
    EXPECT_EQ(encode_frame(format, text)->sequence(), Sequence{}) << "no message";
}

}  // namespace
}  // namespace tayori::session
