// The words by which enumerators are written: each stands at the index that is its enumerator.
#include <gtest/gtest.h>

#include "tayori/channel.h"
#include "tayori/presence.h"

namespace tayori {
namespace {

TEST(Words, of_policies) {
  EXPECT_EQ(word(Policy::multi), "multi");
  EXPECT_EQ(word(Policy::replace), "replace");
  EXPECT_EQ(word(Policy::reject), "reject");
}

TEST(Words, of_verdicts) {
  EXPECT_EQ(word(Verdict::delivered), "delivered");
  EXPECT_EQ(word(Verdict::queued), "queued");
  EXPECT_EQ(word(Verdict::no_session), "no_session");
}

TEST(Words, of_presence) {
  EXPECT_EQ(word(PresenceEdge::Kind::connected), "connected");
  EXPECT_EQ(word(PresenceEdge::Kind::disconnected), "disconnected");
  using Reason = PresenceEdge::Reason;
  EXPECT_EQ(word(Reason::none), "");
  EXPECT_EQ(word(Reason::closed), "closed");
  EXPECT_EQ(word(Reason::lost), "lost");
  EXPECT_EQ(word(Reason::expired), "expired");
  EXPECT_EQ(word(Reason::replaced), "replaced");
  EXPECT_EQ(word(Reason::disconnected), "disconnected");
  EXPECT_EQ(word(Reason::shutdown), "shutdown");
}

}  // namespace
}  // namespace tayori
