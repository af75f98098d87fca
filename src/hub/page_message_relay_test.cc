#include "hub/page_message_relay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/bytes.h"
#include "net/http_over_loopback.h"
#include "net/loopback_script.h"

namespace tayori::hub {
namespace {

using namespace base::literals;
using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;
using testing::SizeIs;
using testing::StartsWith;

PageMessages::Message message(std::string_view client, std::string text) {
  return {.client_id = *ClientId::parse(client),
          .payload = *Payload::parse(std::move(text), 1_MiB)};
}

TEST(PageMessageRequest, is_the_form_of_old) {
  for (const char* url : {"http://app", "http://app/"}) {
    const auto request =
        page_message_request({.url = url, .secret = {}}, message("a&b=c+d %é", "1=2&3\n\"+\""),
                             "message_1", std::chrono::system_clock::time_point(7s));
    EXPECT_EQ(request.url, "http://app/_ah/channel/receive");
    EXPECT_EQ(request.body, "key=a%26b%3Dc%2Bd+%25%C3%A9&msg=1%3D2%263%0A%22%2B%22");
    EXPECT_THAT(request.fields, Contains("Content-Type: application/x-www-form-urlencoded"));
    EXPECT_THAT(request.fields, Contains("webhook-id: message_1"));
    EXPECT_THAT(request.fields, Not(Contains(StartsWith("webhook-signature"))));
  }
}

TEST(PageMessageRequest, is_signed_when_there_is_a_secret) {
  const auto request = page_message_request(
      {.url = "http://app", .secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"},
      message("ann", "hello"), "message_1", std::chrono::system_clock::time_point(7s));
  EXPECT_THAT(request.fields, Contains("webhook-timestamp: 7"));
  // HMAC-SHA256 of "message_1.7.key=ann&msg=hello", by Python's hmac.
  EXPECT_THAT(request.fields,
              Contains("webhook-signature: v1,SDJVZpkzSZYYdQsg75545+DmpTc8pMoj2efCVuVm1Ng="));
}

/// A relay, and the outcomes it tells: "TEXT" to "taken" or the detail of the error.
class Relay {
 public:
  explicit Relay(const std::string& url, std::chrono::milliseconds total = 20s)
      : relay_({.url = url, .secret = {}}, {}, {.total = total}, clock_, base::Random::seeded(1)) {}
  ~Relay() { relay_.end(); }
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  void send(std::string_view client, const std::string& text) {
    const auto ticket = relay_.pass_on(message(client, text), [this, text](const Outcome& outcome) {
      const std::scoped_lock lock(mutex_);
      outcomes_[text] = outcome ? "taken" : outcome.error().detail;
    });
    ASSERT_TRUE(ticket);
  }
  std::map<std::string, std::string> outcomes() {
    const std::scoped_lock lock(mutex_);
    return outcomes_;
  }
  PageMessageRelay& operator*() { return relay_; }

 private:
  const base::SystemClock clock_;
  std::mutex mutex_;
  std::map<std::string, std::string> outcomes_;
  PageMessageRelay relay_;
};

class PageMessageRelayTest : public testing::Test {
 protected:
  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(backend_.listener->port());
  }
  /// Lets the backend work until `is_done`, or for a long time.
  template <typename Condition>
  void until(Condition is_done) {
    const auto end = std::chrono::steady_clock::now() + 20s;
    while (!is_done() && std::chrono::steady_clock::now() < end)
      backend_.loop.context().run_one_for(10ms);
    ASSERT_TRUE(is_done());
  }

  net::HttpOverLoopback backend_{{.body_bytes = 4_MiB}};
};

TEST_F(PageMessageRelayTest, tells_what_the_backend_has_made_of_it) {
  backend_.answer = [](const HttpRequest& request) {
    const int status = std::stoi(request.form_value("msg"));
    return HttpResponse::text(status, "garbage").with("Location", "/elsewhere");
  };
  Relay relay(url());
  for (const char* status : {"200", "204", "299", "301", "404", "500"}) relay.send("ann", status);
  until([&] { return relay.outcomes().size() == 6; });
  EXPECT_THAT(relay.outcomes(),
              ElementsAre(Pair("200", "taken"), Pair("204", "taken"), Pair("299", "taken"),
                          Pair("301", "The backend has answered with status 301, not with 2xx."),
                          Pair("404", "The backend has answered with status 404, not with 2xx."),
                          Pair("500", "The backend has answered with status 500, not with 2xx.")));
  EXPECT_THAT(backend_.requests, SizeIs(6)) << "no redirect is followed, and nothing tried again";
  EXPECT_EQ((*relay).counts().taken, 3U);
  EXPECT_EQ((*relay).counts().failed, 3U);
}

TEST_F(PageMessageRelayTest, keeps_the_order_of_a_client_id_and_the_others_out_of_it) {
  Relay relay(url());
  relay.send("ann", "a1");
  relay.send("ann", "a2");
  relay.send("bob", "b1");
  until([&] { return backend_.exchanges.size() == 2; });
  std::vector<std::string> asked;
  for (const auto& request : backend_.requests) asked.push_back(request.form_value("msg"));
  EXPECT_THAT(asked, testing::UnorderedElementsAre("a1", "b1"));
  backend_.respond(HttpResponse::text(200, ""));
  backend_.respond(HttpResponse::text(200, ""));
  until([&] { return backend_.exchanges.size() == 1; });
  EXPECT_EQ(backend_.requests.back().form_value("msg"), "a2");
  EXPECT_EQ(backend_.requests.back().form_value("key"), "ann");
}

TEST_F(PageMessageRelayTest, does_not_wait_for_ever) {
  Relay relay(url(), 100ms);
  relay.send("ann", "never");
  until([&] { return relay.outcomes().size() == 1; });
  EXPECT_THAT(relay.outcomes(),
              ElementsAre(Pair("never", "The backend has not answered in time, or not at all.")));
}

TEST_F(PageMessageRelayTest, sends_long_messages_without_asking_first) {
  backend_.answer = [](const HttpRequest&) { return HttpResponse::text(200, ""); };
  Relay relay(url());
  relay.send("ann", std::string(400'000, '&'));
  until([&] { return relay.outcomes().size() == 1; });
  EXPECT_EQ(backend_.requests[0].form_value("msg"), std::string(400'000, '&'));
  EXPECT_EQ(backend_.requests[0].field("Expect"), "");
}

TEST_F(PageMessageRelayTest, ends_while_the_backend_says_nothing) {
  std::optional<Relay> relay(std::in_place, url());
  relay->send("ann", "x");
  until([&] { return !backend_.requests.empty(); });
  (**relay).end();
  EXPECT_THAT(relay->outcomes(),
              ElementsAre(Pair("x", "The server stops before the backend has answered.")));
  relay.reset();
}

/// How a message comes out whose backend reads it and then says `bytes` and closes.
std::string outcome_of_answer(std::string_view bytes) {
  net::LoopbackScript backend;
  Relay relay(backend.url());
  relay.send("ann", "x");
  backend.accept();
  EXPECT_THAT(backend.request(), HasSubstr("key=ann&msg=x"));
  backend.say(bytes);
  backend.close();
  while (relay.outcomes().empty()) std::this_thread::yield();
  return relay.outcomes().at("x");
}

TEST(PageMessageRelay, takes_no_answer_for_one) {
  constexpr const char* kNone = "The backend has not answered in time, or not at all.";
  EXPECT_EQ(outcome_of_answer(""), kNone);
  EXPECT_EQ(outcome_of_answer("HTTP/1.1 2"), kNone);
  EXPECT_EQ(outcome_of_answer("\xff\xfe garbage\r\n\r\n"), kNone);
  EXPECT_EQ(outcome_of_answer("SSH-2.0-OpenSSH_9.2\r\n"), kNone);
  EXPECT_EQ(outcome_of_answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), "taken");
}

TEST(PageMessageRelay, tells_that_nobody_listens) {
  std::string url;
  {
    const net::LoopbackScript gone;
    url = gone.url();
  }
  Relay relay(url);
  relay.send("ann", "x");
  while (relay.outcomes().empty()) std::this_thread::yield();
  EXPECT_THAT(relay.outcomes().at("x"), Not(HasSubstr("127.0.0.1")));
}

// A connection that the backend closes upon a message would have it sent again by libcurl, were it not the first on it.
TEST(PageMessageRelay, sends_nothing_twice) {
  net::LoopbackScript backend;
  Relay relay(backend.url());
  relay.send("ann", "first");
  relay.send("ann", "second");
  relay.send("ann", "third");
  backend.accept();
  backend.request();
  backend.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  backend.accept();
  EXPECT_THAT(backend.request(), HasSubstr("msg=second"));
  backend.close();
  backend.accept();
  EXPECT_THAT(backend.request(), HasSubstr("msg=third"));
  backend.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  while (relay.outcomes().size() < 3) std::this_thread::yield();
  EXPECT_EQ(relay.outcomes().at("first"), "taken");
  EXPECT_NE(relay.outcomes().at("second"), "taken");
  EXPECT_EQ(relay.outcomes().at("third"), "taken");
}

}  // namespace
}  // namespace tayori::hub
