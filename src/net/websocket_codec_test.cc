#include "net/websocket_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tayori::net {
namespace {

using namespace std::string_literals;
using Kind = WebSocketReader::Event::Kind;
using testing::ElementsAre;

/// An event that owns its data.
struct Seen {
  Kind kind;
  std::string data;
  std::uint16_t code = 0;
  friend bool operator==(const Seen&, const Seen&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Seen& seen) {
    return out << static_cast<int>(seen.kind) << " \"" << seen.data << "\" " << seen.code;
  }
};

/// Feeds `bytes` in pieces of at most `piece` bytes, each in memory of its own.
std::vector<Seen> feed(WebSocketReader& reader, std::string_view bytes, std::size_t piece) {
  std::vector<Seen> seen;
  while (!bytes.empty()) {
    std::vector<char> buffer(
        bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(std::min(piece, bytes.size())));
    bytes.remove_prefix(buffer.size());
    std::span<char> input(buffer);
    while (const auto event = reader.next(input)) {
      // What broke is a sentence for people; the code is what counts.
      const bool broken = event->kind == Kind::violation;
      seen.push_back({event->kind, broken ? "" : std::string(event->data), event->close_code});
    }
    EXPECT_TRUE(input.empty());
  }
  return seen;
}

/// The events of `bytes`, which are the same however the bytes are cut.
std::vector<Seen> events(std::string_view bytes, WebSocketLimits limits = {}) {
  WebSocketReader whole(limits);
  auto seen = feed(whole, bytes, bytes.size());
  for (std::size_t piece : {1, 2, 3, 7}) {
    WebSocketReader reader(limits);
    EXPECT_EQ(feed(reader, bytes, piece), seen) << "in pieces of " << piece;
  }
  for (std::size_t cut = 1; cut < bytes.size() && cut < 200; ++cut) {
    WebSocketReader reader(limits);
    auto parts = feed(reader, bytes.substr(0, cut), cut);
    const auto rest = feed(reader, bytes.substr(cut), bytes.size());
    parts.insert(parts.end(), rest.begin(), rest.end());
    EXPECT_EQ(parts, seen) << "cut at " << cut;
  }
  return seen;
}

constexpr unsigned kFin = 0x80;

std::string masked(unsigned first, std::string_view payload,
                   std::string_view mask = "\x37\xFA\x21\x3D") {
  std::string header;
  append_frame_header(header, Opcode::text, payload.size());
  header[0] = static_cast<char>(first);
  header[1] = static_cast<char>(static_cast<std::uint8_t>(header[1]) | 0x80);
  header += mask;
  for (std::size_t i = 0; i < payload.size(); ++i) {
    header.push_back(static_cast<char>(payload[i] ^ mask[i % mask.size()]));
  }
  return header;
}

std::string text(std::string_view payload) { return masked(kFin | 1, payload); }
std::string begin_text(std::string_view payload) { return masked(1, payload); }
std::string go_on(std::string_view payload) { return masked(0, payload); }
std::string finish(std::string_view payload) { return masked(kFin | 0, payload); }
std::string ping(std::string_view payload) { return masked(kFin | 9, payload); }
std::string close(std::string_view payload) { return masked(kFin | 8, payload); }

Seen violation(std::uint16_t code) { return {Kind::violation, "", code}; }

TEST(WebSocketReader, reads_the_masked_hello_of_the_rfc) {
  EXPECT_THAT(events("\x81\x85\x37\xFA\x21\x3D\x7F\x9F\x4D\x51\x58"),
              ElementsAre(Seen{Kind::text, "Hello"}));
}

TEST(WebSocketReader, reads_several_messages_of_one_input) {
  EXPECT_THAT(events(text("a") + text("") + masked(kFin | 2, "\xFF\0"s) + text("便り")),
              ElementsAre(Seen{Kind::text, "a"}, Seen{Kind::text, ""},
                          Seen{Kind::binary, "\xFF\0"s}, Seen{Kind::text, "便り"}));
}

TEST(WebSocketReader, reads_every_length_form) {
  for (std::size_t size : {0, 1, 125, 126, 127, 128, 65'535, 65'536, 70'001}) {
    const std::string payload(size, 'x');
    EXPECT_THAT(events(text(payload), {.message = 80'000}), ElementsAre(Seen{Kind::text, payload}));
  }
}

TEST(WebSocketReader, unmasks_with_any_mask_at_any_offset) {
  std::string payload;
  for (int i = 0; i < 50; ++i) payload.push_back(static_cast<char>('a' + i % 26));
  for (const auto& mask : {"\0\0\0\0"s, "\xFF\xFF\xFF\xFF"s, "\x01\x02\x03\x04"s}) {
    EXPECT_THAT(events(masked(kFin | 2, payload, mask)), ElementsAre(Seen{Kind::binary, payload}));
  }
}

TEST(WebSocketReader, puts_fragments_together) {
  EXPECT_THAT(events(begin_text("Hel") + finish("lo")), ElementsAre(Seen{Kind::text, "Hello"}));
  EXPECT_THAT(events(begin_text("") + go_on("") + finish("")), ElementsAre(Seen{Kind::text, ""}));
  EXPECT_THAT(events(masked(2, "\x80") + go_on("\x81") + finish("\x82") + text("next")),
              ElementsAre(Seen{Kind::binary, "\x80\x81\x82"}, Seen{Kind::text, "next"}));
}

TEST(WebSocketReader, hands_out_control_frames_between_fragments) {
  EXPECT_THAT(events(begin_text("Hel") + ping("?") + masked(kFin | 10, "!") + finish("lo")),
              ElementsAre(Seen{Kind::ping, "?"}, Seen{Kind::pong, "!"}, Seen{Kind::text, "Hello"}));
}

TEST(WebSocketReader, reads_pings_up_to_125_bytes) {
  EXPECT_THAT(events(ping("")), ElementsAre(Seen{Kind::ping, ""}));
  EXPECT_THAT(events(ping(std::string(125, 'p'))),
              ElementsAre(Seen{Kind::ping, std::string(125, 'p')}));
  EXPECT_THAT(events(ping(std::string(126, 'p'))), ElementsAre(violation(1002)));
}

TEST(WebSocketReader, refuses_fragmented_control_frames) {
  for (unsigned opcode : {8, 9, 10}) {
    EXPECT_THAT(events(masked(opcode, "")), ElementsAre(violation(1002)));
  }
}

TEST(WebSocketReader, refuses_frames_without_a_mask) {
  EXPECT_THAT(events("\x81\x05Hello"), ElementsAre(violation(1002)));
  EXPECT_THAT(events("\x89\x00"s), ElementsAre(violation(1002)));
}

TEST(WebSocketReader, refuses_reserved_bits_and_opcodes) {
  for (unsigned bits : {0x40, 0x20, 0x10, 0x70}) {
    EXPECT_THAT(events(masked(kFin | bits | 1, "a")), ElementsAre(violation(1002)));
  }
  for (unsigned opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
    EXPECT_THAT(events(masked(kFin | opcode, "a")), ElementsAre(violation(1002)));
  }
}

TEST(WebSocketReader, refuses_at_the_first_byte_that_breaks_a_rule) {
  for (const auto& start : {"\xC1"s, "\x83"s, "\x09"s, "\x81\x05"s, "\x89\xFE"s}) {
    EXPECT_THAT(events(start), ElementsAre(violation(1002)));
  }
}

TEST(WebSocketReader, refuses_lengths_not_written_in_the_shortest_way) {
  EXPECT_THAT(events("\x81\xFE\x00\x7D"s), ElementsAre(violation(1002)));
  EXPECT_THAT(events("\x81\xFF\0\0\0\0\0\0\xFF\xFF"s), ElementsAre(violation(1002)));
  EXPECT_THAT(events("\x81\xFE\x00\x7E"s), ElementsAre());
}

TEST(WebSocketReader, refuses_lengths_that_overflow) {
  EXPECT_THAT(events("\x81\xFF\x80\0\0\0\0\0\0\0"s), ElementsAre(violation(1002)));
  EXPECT_THAT(events("\x81\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF"
                     "mask"s),
              ElementsAre(violation(1009)));
  EXPECT_THAT(events(begin_text("a") + "\x80\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF"
                                       "mask"s),
              ElementsAre(violation(1009)));
}

TEST(WebSocketReader, bounds_the_message_not_the_frame) {
  const WebSocketLimits limits{.message = 10};
  EXPECT_THAT(events(text("0123456789"), limits), ElementsAre(Seen{Kind::text, "0123456789"}));
  EXPECT_THAT(events(text("0123456789A"), limits), ElementsAre(violation(1009)));
  EXPECT_THAT(events(begin_text("01234") + finish("56789"), limits),
              ElementsAre(Seen{Kind::text, "0123456789"}));
  EXPECT_THAT(events(begin_text("01234") + go_on("56789") + finish("A"), limits),
              ElementsAre(violation(1009)));
}

TEST(WebSocketReader, refuses_a_message_too_long_by_its_header_alone) {
  const std::string header = text(std::string(11, 'x')).substr(0, 6);
  EXPECT_THAT(events(header, {.message = 10}), ElementsAre(violation(1009)));
}

TEST(WebSocketReader, bounds_the_fragments_of_a_message) {
  const WebSocketLimits limits{.fragments = 3};
  EXPECT_THAT(events(begin_text("a") + go_on("b") + finish("c"), limits),
              ElementsAre(Seen{Kind::text, "abc"}));
  EXPECT_THAT(events(begin_text("") + go_on("") + go_on("") + finish(""), limits),
              ElementsAre(violation(1009)));
  EXPECT_THAT(events(begin_text("a") + finish("b") + begin_text("c") + finish("d"), limits),
              ElementsAre(Seen{Kind::text, "ab"}, Seen{Kind::text, "cd"}));
}

TEST(WebSocketReader, refuses_fragments_out_of_order) {
  EXPECT_THAT(events(finish("a")), ElementsAre(violation(1002)));
  EXPECT_THAT(events(go_on("a")), ElementsAre(violation(1002)));
  EXPECT_THAT(events(begin_text("a") + text("b")), ElementsAre(violation(1002)));
  EXPECT_THAT(events(begin_text("a") + finish("b") + finish("c")),
              ElementsAre(Seen{Kind::text, "ab"}, violation(1002)));
}

TEST(WebSocketReader, takes_text_whose_characters_are_cut_by_fragments) {
  const std::string word =
      "Hello-\xC2\xB5@\xC3\x9F\xC3\xB6\xC3\xA4\xC3\xBC\xC3\xA0\xC3\xA1-UTF-8!!";
  for (std::size_t cut = 0; cut <= word.size(); ++cut) {
    EXPECT_THAT(events(begin_text(word.substr(0, cut)) + finish(word.substr(cut))),
                ElementsAre(Seen{Kind::text, word}));
  }
}

TEST(WebSocketReader, refuses_text_that_is_not_utf8) {
  for (const auto& bad : {"\xCE\xBA\xE1\xBD\xB9\xCF\x83\xED\xA0\x80"s, "\xF4\x90\x80\x80"s,
                          "\xC0\x80"s, "a\xE4\xBE"s}) {
    EXPECT_THAT(events(text(bad)), ElementsAre(violation(1007)));
    EXPECT_THAT(events(begin_text("") + finish(bad)), ElementsAre(violation(1007)));
    EXPECT_THAT(events(masked(kFin | 2, bad)), ElementsAre(Seen{Kind::binary, bad}));
  }
}

TEST(WebSocketReader, refuses_bad_text_before_the_message_is_complete) {
  EXPECT_THAT(events(begin_text("\xF4\x90")), ElementsAre(violation(1007)));
  const std::string cut_off = text("ok\xFFnever sent").substr(0, 9);
  EXPECT_THAT(events(cut_off), ElementsAre(violation(1007)));
}

TEST(WebSocketReader, starts_each_text_anew) {
  EXPECT_THAT(events(begin_text("a") + finish("\xE4\xBE")), ElementsAre(violation(1007)));
  EXPECT_THAT(events(begin_text("便") + finish("り") + begin_text("a") + finish("b")),
              ElementsAre(Seen{Kind::text, "便り"}, Seen{Kind::text, "ab"}));
}

TEST(WebSocketReader, hands_out_the_close_code_and_reason) {
  EXPECT_THAT(events(close("")), ElementsAre(Seen{Kind::close, "", 1005}));
  EXPECT_THAT(events(close("\x03\xE8")), ElementsAre(Seen{Kind::close, "", 1000}));
  EXPECT_THAT(events(close("\x03\xE9going")), ElementsAre(Seen{Kind::close, "going", 1001}));
  EXPECT_THAT(events(close("\x03\xE8" + std::string(123, 'r'))),
              ElementsAre(Seen{Kind::close, std::string(123, 'r'), 1000}));
}

TEST(WebSocketReader, refuses_malformed_closes) {
  EXPECT_THAT(events(close("\x03")), ElementsAre(violation(1002)));
  EXPECT_THAT(events(close("\x03\xE8\xFF")), ElementsAre(violation(1007)));
  EXPECT_THAT(events(close("\x03\xE8\xE4\xBE")), ElementsAre(violation(1007)));
  EXPECT_THAT(events(close(std::string(126, 'r'))), ElementsAre(violation(1002)));
}

TEST(WebSocketReader, knows_which_close_codes_may_be_sent) {
  const auto payload = [](unsigned code) {
    return std::string{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
  };
  for (unsigned code : {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014,
                        3000, 3999, 4000, 4999}) {
    EXPECT_THAT(events(close(payload(code))),
                ElementsAre(Seen{Kind::close, "", static_cast<std::uint16_t>(code)}));
  }
  for (unsigned code :
       {0U, 999U, 1004U, 1005U, 1006U, 1015U, 1016U, 1100U, 2000U, 2999U, 5000U, 65'535U}) {
    EXPECT_THAT(events(close(payload(code))), ElementsAre(violation(1002))) << code;
  }
}

TEST(WebSocketReader, swallows_what_follows_a_close_or_violation) {
  EXPECT_THAT(events(close("\x03\xE8") + ping("x") + text("y")),
              ElementsAre(Seen{Kind::close, "", 1000}));
  EXPECT_THAT(events(masked(kFin | 3, "") + ping("x") + text("y")), ElementsAre(violation(1002)));
}

TEST(WebSocketReader, hands_out_a_close_amid_a_message) {
  EXPECT_THAT(events(begin_text("a") + close("\x03\xE8")),
              ElementsAre(Seen{Kind::close, "", 1000}));
}

TEST(WebSocketReader, shows_a_whole_message_in_place) {
  std::string input = text("Hello");
  std::span<char> bytes(input);
  WebSocketReader reader;
  const auto event = reader.next(bytes);
  ASSERT_TRUE(event);
  EXPECT_EQ(event->data.data(), input.data() + 6);
  EXPECT_EQ(reader.held_bytes(), 0U);
}

TEST(WebSocketReader, holds_only_what_is_incomplete_and_lets_it_go) {
  WebSocketReader reader;
  feed(reader, text("Hello").substr(0, 3), 3);
  EXPECT_EQ(reader.held_bytes(), 3U);
  feed(reader, text("Hello").substr(3, 5), 5);
  EXPECT_EQ(reader.held_bytes(), 2U);
  EXPECT_THAT(feed(reader, text("Hello").substr(8), 9), ElementsAre(Seen{Kind::text, "Hello"}));
  EXPECT_EQ(reader.held_bytes(), 0U);
  feed(reader, begin_text("abc") + ping("pq").substr(0, 7), 99);
  EXPECT_EQ(reader.held_bytes(), 4U);
  feed(reader, masked(kFin | 15, ""), 99);
  EXPECT_EQ(reader.held_bytes(), 0U);
}

TEST(WebSocketReader, keeps_its_place_when_moved) {
  WebSocketReader reader;
  feed(reader, begin_text("Hel"), 99);
  WebSocketReader moved = std::move(reader);
  EXPECT_THAT(feed(moved, finish("lo"), 99), ElementsAre(Seen{Kind::text, "Hello"}));
}

TEST(WebSocketReader, is_small_when_idle) { static_assert(sizeof(WebSocketReader) <= 64); }

TEST(FrameHeader, is_written_in_the_shortest_form) {
  const auto header = [](std::uint64_t size) {
    std::string out;
    append_frame_header(out, Opcode::text, size);
    EXPECT_EQ(out.size(), frame_header_size(size));
    return out;
  };
  EXPECT_EQ(header(0), "\x81\x00"s);
  EXPECT_EQ(header(125), "\x81\x7D");
  EXPECT_EQ(header(126), "\x81\x7E\x00\x7E"s);
  EXPECT_EQ(header(65'535), "\x81\x7E\xFF\xFF");
  EXPECT_EQ(header(65'536), "\x81\x7F\0\0\0\0\0\x01\0\0"s);
}

TEST(FrameHeader, carries_the_opcode) {
  std::string out = "before";
  append_frame_header(out, Opcode::binary, 1);
  EXPECT_EQ(out, "before\x82\x01");
}

TEST(CloseFrame, holds_code_and_reason) {
  EXPECT_EQ(close_frame(1000), "\x88\x02\x03\xE8");
  EXPECT_EQ(close_frame(4401, "Invalid+token."), "\x88\x10\x11\x31Invalid+token.");
}

TEST(CloseFrame, cuts_a_long_reason_between_characters) {
  EXPECT_EQ(close_frame(1000, std::string(200, 'r')), "\x88\x7D\x03\xE8" + std::string(123, 'r'));
  EXPECT_EQ(close_frame(1000, std::string(122, 'r') + "便").size(), 4U + 122U);
}

TEST(PongFrame, repeats_the_pings_data) {
  EXPECT_EQ(pong_frame(""), "\x8A\x00"s);
  EXPECT_EQ(pong_frame("abc"),
            "\x8A\x03"
            "abc");
}

TEST(Ping, is_a_whole_frame) { EXPECT_EQ(kPing, "\x89\x00"s); }

}  // namespace
}  // namespace tayori::net
