#include "access/webhook_signature.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tayori::access {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

// The example of the convention's own libraries.
TEST(WebhookSignature, is_that_of_the_convention) {
  const auto fields = webhook_fields(
      "msg_p5jXN8AQM9LWM0D4loKWxJek", std::chrono::system_clock::time_point(1'614'265'330s + 999ms),
      R"({"test": 2432232314})", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  EXPECT_THAT(
      fields,
      ElementsAre("webhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp: 1614265330",
                  "webhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
}

TEST(WebhookSignature, is_left_out_without_a_secret) {
  EXPECT_THAT(webhook_fields("a", std::chrono::system_clock::time_point(1s), "body", ""),
              ElementsAre("webhook-id: a", "webhook-timestamp: 1"));
}

// The example of the convention's own documentation and libraries.
TEST(WebhookSignature, takes_secrets_as_they_are_handed_out) {
  EXPECT_EQ(signing_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").size(), 24U);
  EXPECT_EQ(signing_key("whsec_+/8="), "\xfb\xff");
  EXPECT_EQ(signing_key("whsec_no base64"), "whsec_no base64");
  EXPECT_EQ(signing_key("plain words"), "plain words");
}

}  // namespace
}  // namespace tayori::access
