#include "net/outgoing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "net/http_over_loopback.h"

namespace tayori::net {
namespace {

using namespace base::literals;
using testing::Contains;
using testing::ElementsAre;
using testing::SizeIs;

/// Hands out what the test gives it, and notes the answers.
class Given final : public OutgoingSource {
 public:
  void give(OutgoingRequest request) {
    const std::scoped_lock lock(mutex_);
    requests_.push_back(std::move(request));
  }
  [[nodiscard]] std::map<std::string, int> answers() const {
    const std::scoped_lock lock(mutex_);
    return answers_;
  }

 private:
  std::optional<OutgoingRequest> next(Time /*now*/) override {
    const std::scoped_lock lock(mutex_);
    if (requests_.empty()) return std::nullopt;
    OutgoingRequest request = std::move(requests_.front());
    requests_.pop_front();
    return request;
  }
  std::optional<Time> due() override { return std::nullopt; }
  void on_answer(const std::string& key, int status, std::string_view why, Time /*now*/) override {
    EXPECT_EQ(why.empty(), status != 0);
    const std::scoped_lock lock(mutex_);
    answers_[key] = status;
  }

  mutable std::mutex mutex_;
  std::deque<OutgoingRequest> requests_;
  std::map<std::string, int> answers_;
};

class OutgoingTest : public testing::Test {
 protected:
  void post(const std::string& key, const std::string& path, std::string body = "x") {
    const std::string url = "http://127.0.0.1:" + std::to_string(server_.listener->port()) + path;
    source_.give({.key = key,
                  .url = url,
                  .fields = {"Content-Type: text/plain", "X-Own: 1"},
                  .body = std::move(body)});
    outgoing_->wake();
  }
  /// Lets the server answer until `count` answers have come.
  std::map<std::string, int> answers(std::size_t count) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (source_.answers().size() < count && std::chrono::steady_clock::now() < until)
      server_.loop.context().run_one_for(std::chrono::milliseconds{10});
    return source_.answers();
  }

  HttpOverLoopback server_;
  base::SystemClock clock_;
  Given source_;
  std::optional<Outgoing> outgoing_{std::in_place, source_, OutgoingLimits{}, clock_};
};

TEST_F(OutgoingTest, posts_and_tells_the_status) {
  server_.answer = [](const HttpRequest& request) {
    return HttpResponse::text(request.path == "/good" ? 204 : 503, "");
  };
  post("one", "/good", "hello");
  EXPECT_THAT(answers(1), ElementsAre(std::pair("one", 204)));
  ASSERT_THAT(server_.requests, SizeIs(1));
  EXPECT_EQ(server_.requests[0].method, "POST");
  EXPECT_EQ(server_.requests[0].body, "hello");
  EXPECT_EQ(server_.requests[0].field("X-Own"), "1");
  EXPECT_EQ(server_.requests[0].field("Expect"), "");
  post("two", "/bad");
  EXPECT_THAT(answers(2), Contains(std::pair("two", 503)));
}

TEST_F(OutgoingTest, goes_nowhere_else) {
  server_.answer = [](const HttpRequest& /*request*/) {
    return HttpResponse::see_other("/elsewhere").with("Retry-After", "1");
  };
  post("one", "/here");
  EXPECT_THAT(answers(1), ElementsAre(std::pair("one", 303)));
  EXPECT_THAT(server_.requests, SizeIs(1));
}

TEST_F(OutgoingTest, speaks_http_only) {
  source_.give({.key = "file", .url = "file:///etc/passwd", .fields = {}, .body = "x"});
  source_.give({.key = "garbage", .url = "::", .fields = {}, .body = "x"});
  outgoing_->wake();
  EXPECT_THAT(answers(2), ElementsAre(std::pair("file", 0), std::pair("garbage", 0)));
}

TEST_F(OutgoingTest, waits_for_an_answer_only_so_long) {
  outgoing_.reset();
  outgoing_.emplace(source_, OutgoingLimits{.total = std::chrono::milliseconds{100}}, clock_);
  post("one", "/never");
  EXPECT_THAT(answers(1), ElementsAre(std::pair("one", 0)));
  EXPECT_THAT(server_.requests, SizeIs(1));
}

TEST_F(OutgoingTest, counts_the_status_of_an_answer_that_is_too_long) {
  server_.answer = [](const HttpRequest& /*request*/) {
    return HttpResponse::text(200, std::string(1_MiB, 'x'));
  };
  post("one", "/long");
  EXPECT_THAT(answers(1), ElementsAre(std::pair("one", 200)));
}

TEST_F(OutgoingTest, has_many_under_way) {
  for (int i = 0; i < 30; ++i) post(std::to_string(i), "/held");
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{20};
  while (server_.exchanges.size() < 30 && std::chrono::steady_clock::now() < until)
    server_.loop.context().run_one_for(std::chrono::milliseconds{10});
  while (!server_.exchanges.empty()) server_.respond(HttpResponse::text(200, ""));
  EXPECT_THAT(answers(30), SizeIs(30));
}

}  // namespace
}  // namespace tayori::net
