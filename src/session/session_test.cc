#include "session/session.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace tayori::session {
namespace {

using Delivery = Session::Delivery;

EnvelopeRef message(std::uint64_t number) { return Envelope::message({number}, "hello"); }

std::size_t waiting(Session& session) {
  std::array<iovec, 64> parts{};
  return session.outbox().gather(parts);
}

TEST(Session, queues_what_lies_beyond_its_place) {
  Session session(1, 1'000);
  EXPECT_EQ(session.deliver(message(1)), Delivery::queued);
  EXPECT_EQ(session.deliver(message(7)), Delivery::queued);
  EXPECT_EQ(session.place(), Sequence{7});
  EXPECT_EQ(waiting(session), 2U);
}

TEST(Session, hands_nothing_over_twice) {
  Session session(1, 1'000);
  ASSERT_EQ(session.deliver(message(5)), Delivery::queued);
  EXPECT_EQ(session.deliver(message(5)), Delivery::already_had);
  EXPECT_EQ(session.deliver(message(4)), Delivery::already_had);
  EXPECT_EQ(session.place(), Sequence{5});
  EXPECT_EQ(waiting(session), 1U);
}

TEST(Session, has_had_what_it_was_moved_past) {
  Session session(1, 1'000);
  session.move_to({10});
  EXPECT_EQ(session.deliver(message(10)), Delivery::already_had);
  EXPECT_EQ(session.deliver(message(11)), Delivery::queued);
}

TEST(Session, is_never_moved_back) {
  Session session(1, 1'000);
  session.move_to({10});
  session.move_to({3});
  EXPECT_EQ(session.place(), Sequence{10});
}

TEST(Session, stays_where_it_is_when_a_message_is_refused) {
  Session session(1, 1);
  ASSERT_EQ(session.deliver(message(1)), Delivery::queued);
  EXPECT_EQ(session.deliver(message(2)), Delivery::refused);
  EXPECT_EQ(session.place(), Sequence{1});
  session.outbox().consume(session.outbox().bytes());
  EXPECT_EQ(session.deliver(message(2)), Delivery::queued) << "so that it can be handed over later";
}

TEST(Session, knows_when_it_expires) {
  Session session(9, 1);
  const auto end = std::chrono::system_clock::time_point(std::chrono::seconds{42});
  session.expire_at(end);
  EXPECT_EQ(session.expires_at(), end);
  EXPECT_EQ(session.id(), 9U);
}

}  // namespace
}  // namespace tayori::session
