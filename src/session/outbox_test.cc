#include "session/outbox.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/random.h"

namespace tayori::session {
namespace {

using Push = Outbox::Push;

/// A message whose frame has `size` bytes. REQUIRES: at most 127.
EnvelopeRef message_of(std::size_t size) {
  return Envelope::message({1}, std::string(size - 5, 'x'));
}

/// What gather() shows through `parts` parts, put together.
std::string shown(const Outbox& outbox, std::size_t parts = 1'000) {
  std::vector<iovec> vectors(parts);
  const std::size_t filled = outbox.gather(vectors);
  std::string bytes;
  for (const iovec& part : std::span(vectors).first(filled)) {
    bytes.append(static_cast<const char*>(part.iov_base), part.iov_len);
  }
  return bytes;
}

TEST(Outbox, refuses_what_would_pass_the_limit) {
  Outbox outbox(100);
  EXPECT_EQ(outbox.push(message_of(60)), Push::accepted);
  EXPECT_EQ(outbox.push(message_of(40)), Push::accepted);
  const std::string before = shown(outbox);
  EXPECT_EQ(outbox.push(message_of(5)), Push::refused);
  EXPECT_EQ(outbox.bytes(), 100U);
  EXPECT_EQ(shown(outbox), before);
}

TEST(Outbox, has_room_again_for_what_was_sent) {
  Outbox outbox(100);
  ASSERT_EQ(outbox.push(message_of(100)), Push::accepted);
  outbox.consume(50);
  EXPECT_EQ(outbox.push(message_of(51)), Push::refused);
  EXPECT_EQ(outbox.push(message_of(50)), Push::accepted);
}

TEST(Outbox, takes_one_message_alone_however_large) {
  Outbox outbox(10);
  EXPECT_EQ(outbox.push(message_of(100)), Push::accepted);
  EXPECT_EQ(outbox.push(message_of(5)), Push::refused);
  outbox.consume(100);
  EXPECT_EQ(outbox.push(message_of(100)), Push::accepted) << "it is empty again";
}

TEST(Outbox, never_refuses_the_protocols_own_frames) {
  Outbox outbox(10);
  ASSERT_EQ(outbox.push(message_of(100)), Push::accepted);
  outbox.push_frame(Envelope::frame("h"));
  EXPECT_EQ(outbox.bytes(), 103U);
  EXPECT_EQ(shown(outbox).substr(100), "\x81\x01h");
  EXPECT_EQ(outbox.push(message_of(5)), Push::refused);
}

TEST(Outbox, shows_no_more_parts_than_it_is_given) {
  Outbox outbox(1'000);
  for (int i = 0; i < 5; ++i) ASSERT_EQ(outbox.push(message_of(10)), Push::accepted);
  std::array<iovec, 3> parts{};
  EXPECT_EQ(outbox.gather(parts), 3U);
  EXPECT_EQ(shown(outbox, 3).size(), 30U);
  EXPECT_EQ(outbox.gather({}), 0U);
}

TEST(Outbox, shows_its_messages_memory_itself) {
  Outbox outbox(1'000);
  const EnvelopeRef message = message_of(10);
  ASSERT_EQ(outbox.push(message), Push::accepted);
  std::array<iovec, 1> parts{};
  ASSERT_EQ(outbox.gather(parts), 1U);
  EXPECT_EQ(parts[0].iov_base, message->bytes().data());
}

TEST(Outbox, goes_on_within_a_frame) {
  Outbox outbox(1'000);
  ASSERT_EQ(outbox.push(Envelope::message({1}, "ab")), Push::accepted);
  ASSERT_EQ(outbox.push(Envelope::message({2}, "cd")), Push::accepted);
  outbox.consume(3);
  EXPECT_EQ(shown(outbox), "1\nab\x81\x05m2\ncd");
  outbox.consume(4);
  EXPECT_EQ(shown(outbox), "\x81\x05m2\ncd");
  outbox.consume(7);
  EXPECT_TRUE(outbox.empty());
}

TEST(Outbox, sends_every_byte_once_however_it_is_cut) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    auto random = base::Random::seeded(seed);
    Outbox outbox(5'000);
    std::string pushed;
    std::string sent;
    for (int step = 0; step < 500; ++step) {
      if (random.below(2) == 0) {
        const EnvelopeRef message = Envelope::message({1}, random.word(random.below(200)));
        if (outbox.push(message) == Push::accepted) pushed += message->bytes();
      } else {
        const std::string offered = shown(outbox, 1 + random.below(8));
        const std::string taken = offered.substr(0, random.below(offered.size() + 1));
        outbox.consume(taken.size());
        sent += taken;
      }
      ASSERT_EQ(outbox.bytes(), pushed.size() - sent.size());
      ASSERT_EQ(outbox.empty(), pushed.size() == sent.size());
    }
    EXPECT_EQ(sent + shown(outbox), pushed);
  }
}

TEST(Outbox, drops_what_is_unsent_but_finishes_a_frame_that_is_half_sent) {
  Outbox outbox(1'000);
  ASSERT_EQ(outbox.push(Envelope::message({1}, "ab")), Push::accepted);
  ASSERT_EQ(outbox.push(Envelope::message({2}, "cd")), Push::accepted);
  ASSERT_EQ(outbox.push(Envelope::message({3}, "ef")), Push::accepted);
  outbox.consume(7 + 4);
  outbox.drop_unsent();
  EXPECT_EQ(shown(outbox), "\ncd");
  EXPECT_EQ(outbox.bytes(), 3U);
  outbox.push_frame(Envelope::frame("h"));
  EXPECT_EQ(shown(outbox), "\ncd\x81\x01h");
  outbox.consume(6);
  EXPECT_TRUE(outbox.empty());
}

TEST(Outbox, drops_all_between_two_frames) {
  Outbox outbox(1'000);
  ASSERT_EQ(outbox.push(Envelope::message({1}, "ab")), Push::accepted);
  ASSERT_EQ(outbox.push(Envelope::message({2}, "cd")), Push::accepted);
  outbox.consume(7);
  outbox.drop_unsent();
  EXPECT_TRUE(outbox.empty());
  EXPECT_EQ(outbox.bytes(), 0U);
  ASSERT_EQ(outbox.push(Envelope::message({3}, "ef")), Push::accepted);
  EXPECT_EQ(shown(outbox), "\x81\x05m3\nef");
}

TEST(Outbox, lets_go_of_messages_as_they_are_sent) {
  Outbox outbox(1'000);
  EnvelopeRef message = message_of(10);
  const std::weak_ptr<const Envelope> first = message;
  ASSERT_EQ(outbox.push(message), Push::accepted);
  ASSERT_EQ(outbox.push(message_of(10)), Push::accepted);
  message.reset();
  outbox.consume(9);
  EXPECT_FALSE(first.expired());
  outbox.consume(1);
  EXPECT_TRUE(first.expired());
}

TEST(Outbox, gives_the_memory_of_a_burst_back) {
  Outbox outbox(1'000'000);
  for (int i = 0; i < 10'000; ++i) ASSERT_EQ(outbox.push(message_of(10)), Push::accepted);
  EXPECT_GE(outbox.capacity(), 10'000U);
  outbox.consume(outbox.bytes());
  EXPECT_LE(outbox.capacity(), 16U);
}

TEST(Outbox, does_not_grow_behind_a_page_that_is_never_quite_up_to_date) {
  Outbox outbox(1'000);
  ASSERT_EQ(outbox.push(message_of(10)), Push::accepted);
  for (int i = 0; i < 100'000; ++i) {
    ASSERT_EQ(outbox.push(message_of(10)), Push::accepted);
    outbox.consume(10);
  }
  EXPECT_EQ(outbox.bytes(), 10U);
  EXPECT_LE(outbox.capacity(), 64U);
}

TEST(OutboxDeathTest, has_not_sent_more_than_it_showed) {
  Outbox outbox(1'000);
  ASSERT_EQ(outbox.push(message_of(10)), Push::accepted);
  EXPECT_EXIT(outbox.consume(11), testing::KilledBySignal(SIGABRT), "");
}

}  // namespace
}  // namespace tayori::session
