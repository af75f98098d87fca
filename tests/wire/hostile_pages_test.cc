// Pages that break the protocol, each in its way: they are told and closed, and the page beside them goes on.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/bytes.h"
#include "running_server.h"
#include "websocket_page.h"

namespace tayori::wire {
namespace {

using namespace std::string_literals;
using base::operator""_KiB;
using net::masked_frame;
using testing::ElementsAreArray;

/// A server with a healthy page on it, which counts what reaches it.
class BesideAHealthyPage {
 public:
  BesideAHealthyPage() { healthy_.open(server_.token("healthy")); }

  RunningServer& server() { return server_; }

  /// Sends the healthy page some messages; each comes once, and in order.
  void expect_unharmed() {
    constexpr int kMessages = 20;
    for (int i = 0; i < kMessages; ++i) server_.send("healthy", std::to_string(sent_ + i));
    for (int i = 0; i < kMessages; ++i) {
      const Message message = healthy_.next_message();
      ASSERT_EQ(message.data, std::to_string(sent_ + i));
      ASSERT_GT(message.sequence, last_);
      last_ = message.sequence;
    }
    sent_ += kMessages;
  }

 private:
  RunningServer server_;
  WebSocketPage healthy_{server_.public_port()};
  int sent_ = 0;
  std::uint64_t last_ = 0;
};

struct Hostile {
  std::string name;
  std::string bytes;
  ErrorCode code;
};

std::string name_of(const testing::TestParamInfo<Hostile>& info) { return info.param.name; }

std::string repeated(const std::string& text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

/// A text message of `count` frames of one byte each.
std::string fragments(std::size_t count) {
  return masked_frame("t", {.is_final = false}) +
         repeated(masked_frame("x", {.opcode = 0, .is_final = false}), count - 1);
}

const std::vector<Hostile> kFrames{
    {"an_unmasked_frame", masked_frame("h", {.is_masked = false}), ErrorCode::protocol_error},
    {"a_reserved_bit", masked_frame("h", {.reserved = 4}), ErrorCode::protocol_error},
    {"another_reserved_bit", masked_frame("h", {.reserved = 1}), ErrorCode::protocol_error},
    {"an_unknown_opcode", masked_frame("h", {.opcode = 5}), ErrorCode::protocol_error},
    {"an_unknown_control_opcode", masked_frame("h", {.opcode = 11}), ErrorCode::protocol_error},
    {"a_binary_frame", masked_frame("h", {.opcode = 2}), ErrorCode::protocol_error},
    {"a_continuation_of_nothing", masked_frame("h", {.opcode = 0}), ErrorCode::protocol_error},
    {"a_new_message_within_another", masked_frame("h", {.is_final = false}) + masked_frame("h"),
     ErrorCode::protocol_error},
    {"a_ping_of_126_bytes", masked_frame(std::string(126, 'x'), {.opcode = 9}),
     ErrorCode::protocol_error},
    {"a_ping_in_fragments", masked_frame("x", {.opcode = 9, .is_final = false}),
     ErrorCode::protocol_error},
    {"a_length_with_its_highest_bit", net::claimed_length_frame(std::uint64_t{1} << 63U),
     ErrorCode::protocol_error},
    {"a_length_of_all_bits", net::claimed_length_frame(~std::uint64_t{0}),
     ErrorCode::protocol_error},
    {"a_length_of_four_exabytes", net::claimed_length_frame(std::uint64_t{1} << 62U),
     ErrorCode::payload_too_large},
    {"a_length_not_in_the_fewest_bytes", net::claimed_length_frame(1), ErrorCode::protocol_error},
    {"a_frame_of_32_kib_and_a_byte", masked_frame(std::string(32_KiB + 1, 'h')),
     ErrorCode::payload_too_large},
    {"a_flood_of_fragments", fragments(10'000), ErrorCode::payload_too_large},
    {"fragments_that_are_too_much_together",
     masked_frame(std::string(20_KiB, 't'), {.is_final = false}) +
         masked_frame(std::string(20_KiB, 't'), {.opcode = 0}),
     ErrorCode::payload_too_large},
    {"text_that_is_no_utf_8", masked_frame("h\xff"), ErrorCode::invalid_utf8},
    {"text_cut_within_a_character", masked_frame("h\xe4\xbe"), ErrorCode::invalid_utf8},
    {"an_encoded_surrogate", masked_frame("\xed\xa0\x80"), ErrorCode::invalid_utf8},
    {"an_overlong_character", masked_frame("\xc0\xaf"), ErrorCode::invalid_utf8},
    {"a_close_of_one_byte", masked_frame("\x03", {.opcode = 8}), ErrorCode::protocol_error},
    {"a_close_code_that_is_none", masked_frame("\x03\xed"s, {.opcode = 8}),
     ErrorCode::protocol_error},
    {"a_close_reason_that_is_no_utf_8", masked_frame("\x03\xe8\xff"s, {.opcode = 8}),
     ErrorCode::invalid_utf8},
    {"plain_http", "GET / HTTP/1.1\r\nHost: h\r\n\r\n", ErrorCode::protocol_error},
};

const std::vector<Hostile> kTexts{
    {"an_empty_text", masked_frame(""), ErrorCode::protocol_error},
    {"an_unknown_kind", masked_frame("x{}"), ErrorCode::protocol_error},
    {"a_frame_that_only_a_server_sends", masked_frame("m1\nhello"), ErrorCode::protocol_error},
    {"a_heartbeat_with_more", masked_frame("hello"), ErrorCode::protocol_error},
    {"ten_thousand_tiny_frames", repeated(masked_frame("?"), 10'000), ErrorCode::protocol_error},
    {"a_token_frame_without_json", masked_frame("t"), ErrorCode::invalid_json},
    {"a_token_frame_of_depth_10000",
     masked_frame("t{\"token\":" + std::string(10'000, '[') + std::string(10'000, ']') + "}"),
     ErrorCode::invalid_json},
    {"a_token_frame_with_a_key_twice", masked_frame(R"(t{"token":"a","token":"b"})"),
     ErrorCode::invalid_json},
    {"a_token_frame_that_is_an_array", masked_frame("t[]"), ErrorCode::protocol_error},
    {"a_token_that_is_a_number", masked_frame(R"(t{"token":1})"), ErrorCode::protocol_error},
    {"a_token_that_is_missing", masked_frame("t{}"), ErrorCode::protocol_error},
    {"a_token_that_is_nonsense", masked_frame(R"(t{"token":"nonsense"})"),
     ErrorCode::invalid_token},
    {"a_token_that_is_not_signed",
     masked_frame(R"(t{"token":"eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIiwiZXhwIjo0MTAyNDQ0ODAwfQ."})"),
     ErrorCode::invalid_token},
    {"a_token_of_30_kib", masked_frame("t{\"token\":\"eyJ" + std::string(30_KiB, 'a') + "\"}"),
     ErrorCode::invalid_token},
    {"a_cursor_that_is_none", masked_frame(R"(t{"token":"a","cursor":"here"})"),
     ErrorCode::invalid_cursor},
    {"a_cursor_that_is_a_number", masked_frame(R"(t{"token":"a","cursor":1})"),
     ErrorCode::invalid_cursor},
};

class HostilePage : public testing::TestWithParam<Hostile> {};

TEST_P(HostilePage, is_told_and_closed_before_it_shows_a_token) {
  BesideAHealthyPage scene;
  WebSocketPage hostile(scene.server().public_port());
  hostile.send_bytes(GetParam().bytes);
  scene.expect_unharmed();
  EXPECT_THAT(hostile.rest(), ElementsAreArray(ended_for(GetParam().code)));
  EXPECT_FALSE(hostile.peer().was_reset());
  scene.expect_unharmed();
}

TEST_P(HostilePage, is_told_and_closed_with_a_session_too) {
  BesideAHealthyPage scene;
  WebSocketPage hostile(scene.server().public_port());
  hostile.open(scene.server().token("hostile"));
  hostile.send_bytes(GetParam().bytes);
  EXPECT_THAT(hostile.rest(), ElementsAreArray(ended_for(GetParam().code)));
  scene.expect_unharmed();
  EXPECT_TRUE(scene.server().until_metric("tayori_sessions", "1"));
}

TEST_P(HostilePage, is_told_and_closed_when_it_is_too_early) {
  RunningServer server;
  WebSocketPage hostile(server.public_port(), GetParam().bytes);
  EXPECT_THAT(hostile.rest(), ElementsAreArray(ended_for(GetParam().code)));
}

INSTANTIATE_TEST_SUITE_P(Frames, HostilePage, testing::ValuesIn(kFrames), name_of);
INSTANTIATE_TEST_SUITE_P(Texts, HostilePage, testing::ValuesIn(kTexts), name_of);

TEST(PageThatFloods, with_heartbeats_and_pongs_keeps_its_session) {
  BesideAHealthyPage scene;
  WebSocketPage eager(scene.server().public_port());
  eager.open(scene.server().token("eager"));
  const std::string tiny = masked_frame("h") + masked_frame("", {.opcode = 10});
  ASSERT_TRUE(eager.send_bytes(repeated(tiny, 10'000)));
  scene.expect_unharmed();
  scene.server().send("eager", "still here");
  EXPECT_EQ(eager.next_message().data, "still here");
}

TEST(PageThatFloods, with_pings_is_answered_and_keeps_its_session) {
  BesideAHealthyPage scene;
  WebSocketPage eager(scene.server().public_port());
  eager.open(scene.server().token("eager"));
  ASSERT_TRUE(eager.send_bytes(repeated(masked_frame("x", {.opcode = 9}), 10'000)));
  scene.expect_unharmed();
  scene.server().send("eager", "still here");
  // The pings may be read before or after the message is sent.
  bool has_message = false;
  std::size_t pongs = 0;
  while (!has_message || pongs == 0) {
    const auto frame = eager.next();
    ASSERT_TRUE(frame) << pongs << " pongs";
    if (frame->opcode == 10) ++pongs;
    if (frame->payload.ends_with("still here")) has_message = true;
  }
}

TEST(PageThatReadsNothing, and_pings_without_end_harms_nobody) {
  BesideAHealthyPage scene;
  WebSocketPage silent(scene.server().public_port());
  silent.open(scene.server().token("silent"));
  const std::string pings = repeated(masked_frame(std::string(100, 'x'), {.opcode = 9}), 1'000);
  for (int i = 0; i < 100; ++i) silent.peer().send_some(pings);
  scene.expect_unharmed();
}

// Each renewal is answered by a frame that an outbox never refuses.
TEST(PageThatReadsNothing, and_renews_without_end_is_ended) {
  BesideAHealthyPage scene;
  const std::string token = scene.server().token("greedy");
  WebSocketPage greedy(scene.server().public_port(), "", 4'096);
  greedy.open(token);
  const std::string renewals = repeated(masked_frame(WebSocketPage::token_frame(token)), 1'000);
  const std::string too_slow = "tayori_refusals_total{reason=\"too_slow\"}";
  // Their answers are more than twice what kernels hold.
  for (int thousands = 0; thousands < 200 && scene.server().metric(too_slow) == "0"; ++thousands) {
    std::string_view rest = renewals;
    while (!rest.empty() && !greedy.peer().has_ended())
      rest.remove_prefix(greedy.peer().send_some(rest));
  }
  EXPECT_EQ(scene.server().metric(too_slow), "1");
  scene.expect_unharmed();
}

TEST(PageThatGoes, in_the_middle_of_a_frame_costs_nothing) {
  BesideAHealthyPage scene;
  const std::string whole = masked_frame(std::string(1'000, 't'));
  for (const std::size_t cut : {1U, 2U, 3U, 7U, 8U, 9U, 500U}) {
    WebSocketPage by_end(scene.server().public_port());
    by_end.send_bytes(whole.substr(0, cut));
    by_end.peer().close();
    WebSocketPage by_reset(scene.server().public_port());
    by_reset.open(scene.server().token("gone"));
    by_reset.send_bytes(whole.substr(0, cut));
    by_reset.peer().reset();
  }
  scene.expect_unharmed();
  EXPECT_TRUE(scene.server().until_metric("tayori_sessions", "1"));
}

}  // namespace
}  // namespace tayori::wire
