#include "hub/presence_hook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "net/http_over_loopback.h"

namespace tayori::hub {
namespace {

using testing::ElementsAre;
using testing::SizeIs;
using namespace std::chrono_literals;

class PresenceHookTest : public testing::Test {
 protected:
  void start(DeliveryLimits limits = {.first_retry = 10ms, .longest_retry = 20ms}) {
    PresenceTarget target{.form = PresenceForm::urlencoded,
                          .url = "http://127.0.0.1:" + std::to_string(backend_.listener->port()),
                          .secret = {}};
    hook_.emplace(std::move(target), limits, net::OutgoingLimits{.total = 5s}, clock_,
                  base::Random::seeded(1));
  }
  void tell(std::string_view client, bool has_come) {
    hook_->tell(
        {.kind = has_come ? PresenceEdge::Kind::connected : PresenceEdge::Kind::disconnected,
         .client_id = *ClientId::parse(client),
         .generation = ++generation_});
  }
  /// Lets the backend answer until `is_done`, or for a long time.
  void until(const std::function<bool()>& is_done) {
    const auto end = std::chrono::steady_clock::now() + 20s;
    while (!is_done() && std::chrono::steady_clock::now() < end)
      backend_.loop.context().run_one_for(10ms);
    ASSERT_TRUE(is_done());
  }
  /// What the backend was asked: "/_ah/channel/connected/ from=ann".
  std::vector<std::string> asked() {
    std::vector<std::string> all;
    for (const auto& request : backend_.requests) all.push_back(request.path + " " + request.body);
    return all;
  }

  net::HttpOverLoopback backend_;
  base::SystemClock clock_;
  std::optional<PresenceHook> hook_;
  std::uint64_t generation_ = 0;
};

TEST_F(PresenceHookTest, tells_in_order) {
  backend_.answer = [](const HttpRequest&) { return HttpResponse::text(200, "garbage"); };
  start();
  tell("ann", true);
  tell("ann", false);
  until([&] { return hook_->counts().waiting == 0; });
  EXPECT_THAT(asked(), ElementsAre("/_ah/channel/connected/ from=ann",
                                   "/_ah/channel/disconnected/ from=ann"));
  EXPECT_EQ(hook_->counts().delivered, 2U);
}

TEST_F(PresenceHookTest, tells_again_until_it_is_taken) {
  int calls = 0;
  backend_.answer = [&](const HttpRequest&) {
    constexpr int kStatuses[] = {500, 301, 200};
    return HttpResponse::text(kStatuses[std::min(calls++, 2)], "");
  };
  start();
  tell("ann", true);
  until([&] { return hook_->counts().waiting == 0; });
  EXPECT_THAT(backend_.requests, SizeIs(3));
  EXPECT_EQ(hook_->counts().failed, 2U);
  EXPECT_EQ(hook_->counts().delivered, 1U);
}

TEST_F(PresenceHookTest, tells_a_backend_without_a_handler_once) {
  backend_.answer = [](const HttpRequest&) { return HttpResponse::text(404, ""); };
  start();
  for (const bool has_come : {true, false}) tell("ann", has_come);
  until([&] { return hook_->counts().waiting == 0; });
  EXPECT_THAT(backend_.requests, SizeIs(2));
  EXPECT_EQ(hook_->counts().refused, 2U);
}

TEST_F(PresenceHookTest, ends_while_the_backend_says_nothing) {
  start();
  tell("ann", true);
  until([&] { return !backend_.requests.empty(); });
  hook_.reset();
}

}  // namespace
}  // namespace tayori::hub
