#include "hub/presence_forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;

PresenceEdge edge(std::string_view client, bool has_come) {
  return {.kind = has_come ? PresenceEdge::Kind::connected : PresenceEdge::Kind::disconnected,
          .client_id = *ClientId::parse(client),
          .reason = has_come ? PresenceEdge::Reason::none : PresenceEdge::Reason::lost,
          .generation = 7,
          .at = std::chrono::system_clock::time_point(1'700'000'000'123ms)};
}
const std::chrono::system_clock::time_point kNow{1'700'000'009s};

TEST(PresenceForms, are_those_of_old) {
  const PresenceTarget target{.form = PresenceForm::urlencoded, .url = "http://app/", .secret = {}};
  const auto came = presence_request(target, edge("a&b=c+d %é", true), kNow);
  EXPECT_EQ(came.url, "http://app/_ah/channel/connected/");
  EXPECT_EQ(came.body, "from=a%26b%3Dc%2Bd+%25%C3%A9");
  EXPECT_THAT(came.fields, Contains("Content-Type: application/x-www-form-urlencoded"));
  EXPECT_THAT(came.fields, Contains("X-Tayori-Generation: 7"));
  EXPECT_EQ(came.key, "a&b=c+d %é");
  EXPECT_EQ(presence_request(target, edge("ann", false), kNow).url,
            "http://app/_ah/channel/disconnected/");
}

TEST(PresenceForms, may_be_of_several_parts) {
  const PresenceTarget target{
      .form = PresenceForm::multipart, .url = "http://app/sub", .secret = {}};
  const auto came = presence_request(target, edge("--tayori-presence--", true), kNow);
  EXPECT_EQ(came.url, "http://app/sub/_ah/channel/connected/");
  EXPECT_THAT(came.fields, Contains("Content-Type: multipart/form-data; boundary=tayori-presence"));
  EXPECT_EQ(came.body,
            "--tayori-presence\r\nContent-Disposition: form-data; name=\"from\"\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n\r\n--tayori-presence--\r\n"
            "--tayori-presence--\r\n");
}

TEST(PresenceForms, are_signed_json) {
  const PresenceTarget target{.form = PresenceForm::json,
                              .url = "http://app/hook",
                              .secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"};
  const auto went = presence_request(target, edge("an\"n", false), kNow);
  EXPECT_EQ(went.url, "http://app/hook");
  EXPECT_EQ(went.body, R"({"type":"presence.disconnected","timestamp":"2023-11-14T22:13:20.123Z",)"
                       R"("data":{"client_id":"an\"n","generation":7,"reason":"lost"}})");
  EXPECT_THAT(went.fields, Contains("webhook-id: presence_7"));
  EXPECT_THAT(went.fields, Contains("webhook-timestamp: 1700000009"));
  EXPECT_THAT(went.fields, Contains(testing::StartsWith("webhook-signature: v1,")));
  const auto came = presence_request(target, edge("ann", true), kNow);
  EXPECT_THAT(came.body, HasSubstr(R"("type":"presence.connected")"));
  EXPECT_THAT(came.body, testing::Not(HasSubstr("reason")));
}

}  // namespace
}  // namespace tayori::hub
