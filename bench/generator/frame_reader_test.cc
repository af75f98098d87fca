#include "generator/frame_reader.h"

#include <gtest/gtest.h>

#include <string>

namespace tayori::bench {
namespace {

std::string text_frame(const std::string& payload) {
  std::string frame = "\x81";
  if (payload.size() < 126) {
    frame += static_cast<char>(payload.size());
  } else {
    frame += static_cast<char>(126);
    frame += static_cast<char>(payload.size() >> 8);
    frame += static_cast<char>(payload.size() & 0xff);
  }
  return frame + payload;
}

TEST(FrameReader, counts_each_kind) {
  FrameReader reader;
  FrameTally tally;
  reader.feed(text_frame("o{}") + text_frame("h") + text_frame("m1\nhello") + text_frame("e{}"),
              tally);
  EXPECT_EQ(tally.opened, 1u);
  EXPECT_EQ(tally.messages, 1u);
  EXPECT_EQ(tally.refusals, 1u);
}

TEST(FrameReader, counts_the_same_however_the_bytes_are_cut) {
  const std::string bytes = text_frame("m1\n" + std::string(128, 'x')) +
                            text_frame("m2\n" + std::string(300, 'm')) + text_frame("m3\na");
  for (std::size_t piece = 1; piece < bytes.size(); ++piece) {
    FrameReader reader;
    FrameTally tally;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      reader.feed(std::string_view(bytes).substr(at, piece), tally);
    }
    EXPECT_EQ(tally.messages, 3u) << "cut into pieces of " << piece;
    EXPECT_EQ(tally.refusals, 0u);
  }
}

TEST(FrameReader, does_not_count_an_unfinished_frame) {
  FrameReader reader;
  FrameTally tally;
  const std::string frame = text_frame("m1\nhello");
  reader.feed(std::string_view(frame).substr(0, frame.size() - 1), tally);
  EXPECT_EQ(tally.messages, 0u);
}

TEST(FrameReader, takes_a_close_frame_for_a_refusal) {
  FrameReader reader;
  FrameTally tally;
  reader.feed(std::string("\x88\x02\x03\xe8", 4), tally);
  EXPECT_EQ(tally.refusals, 1u);
}

TEST(FrameReader, ends_an_empty_frame_at_its_head) {
  FrameReader reader;
  FrameTally tally;
  reader.feed(std::string("\x89\x00", 2) + text_frame("m1\nx"), tally);
  EXPECT_EQ(tally.messages, 1u);
}

}  // namespace
}  // namespace tayori::bench
