// The old development server's protocol, byte for byte (channel-api.md 3.3, 3.4; spec/protocol.md 4).

#include "api/dev_protocol.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "api/api_over_loopback.h"

namespace tayori::api {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::IsEmpty;

class DevProtocol : public testing::Test {
 protected:
  net::HttpAnswer ask(const std::string& command, const std::string& token) {
    return api_.get("/_ah/channel/dev?command=" + command + "&channel=" + token);
  }
  net::HttpAnswer send(const std::string& client, const std::string& message) {
    return api_.post("/v1/send_message", R"({"client_id":")" + client + R"(","message":)" +
                                             base::json_string(message) + "}");
  }
  std::string short_token() {
    return api_.hub.create_channel(*ClientId::parse("ann"), {.duration = std::chrono::minutes{1}})
        ->token;
  }
  /// "+ann" for connected, "-ann" for disconnected.
  std::vector<std::string> edges() {
    std::vector<std::string> texts;
    for (const PresenceEdge& edge : api_.edges) {
      const bool came = edge.kind == PresenceEdge::Kind::connected;
      texts.push_back((came ? "+" : "-") + edge.client_id.text());
    }
    return texts;
  }
  void pass(milliseconds time) {
    api_.clock.advance(time);
    api_.loop.post([this] { api_.loop.sweep_now(); });
    api_.turn();
  }

  ApiOverLoopback api_;
};

void expect_empty(const net::HttpAnswer& answer, int status, const std::string& reason) {
  EXPECT_EQ(answer.status, status);
  EXPECT_EQ(answer.reason, reason);
  EXPECT_EQ(answer.field("Content-Length"), "0");
  EXPECT_EQ(answer.field("Content-Type"), "");
  EXPECT_EQ(answer.body, "");
}

TEST_F(DevProtocol, answers_1_to_connect) {
  const net::HttpAnswer answer = ask("connect", api_.token("ann"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.field("Content-Type"), "text/plain");
  EXPECT_EQ(answer.field("Cache-Control"), "no-cache");
  EXPECT_EQ(answer.body, "1");
}

TEST_F(DevProtocol, gives_one_raw_message_a_poll) {
  const std::string token = api_.token("ann");
  ask("connect", token);
  send("ann", "{not json\r\n便");
  send("ann", "two");
  const net::HttpAnswer first = ask("poll", token);
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.field("Content-Type"), "application/json");
  EXPECT_EQ(first.body, "{not json\r\n便");
  EXPECT_EQ(ask("poll", token).body, "two");
  expect_empty(ask("poll", token), 200, "OK");
}

TEST_F(DevProtocol, shows_the_reason_of_a_malformed_token_in_the_status_line) {
  for (const char* token : {"channel-123-4567-ann", "eyJ", "eyJhbGciOiJub25lIn0.e30.", "%20"}) {
    for (const char* command : {"connect", "poll"}) {
      const net::HttpAnswer answer = ask(command, token);
      expect_empty(answer, 401, "Invalid+token.");
      EXPECT_THAT(answer.head, testing::StartsWith("HTTP/1.1 401 Invalid+token.\r\n"));
    }
  }
}

TEST_F(DevProtocol, shows_the_reason_of_an_expired_token_in_the_status_line) {
  const std::string token = short_token();
  EXPECT_EQ(ask("connect", token).status, 200);
  api_.clock.advance(std::chrono::minutes{1});
  for (const char* command : {"connect", "poll"}) {
    const net::HttpAnswer answer = ask(command, token);
    expect_empty(answer, 401, "Token+timed+out.");
    EXPECT_THAT(answer.head, testing::StartsWith("HTTP/1.1 401 Token+timed+out.\r\n"));
  }
}

TEST_F(DevProtocol, answers_400_without_a_word_to_everything_else) {
  const std::string token = api_.token("ann");
  for (const std::string& query :
       {std::string(), std::string("?command=connect"), "?channel=" + token,
        "?command=&channel=" + token, std::string("?command=poll&channel="),
        "?command=disconnect&channel=" + token, std::string("?command=disconnect&channel=nonsense"),
        "?command=receive&channel=" + token, "?Command=connect&channel=" + token,
        "?command=CONNECT&channel=" + token}) {
    expect_empty(api_.get("/_ah/channel/dev" + query), 400, "Bad Request");
  }
}

TEST_F(DevProtocol, ignores_the_client_that_old_pages_name) {
  const std::string token = api_.token("ann");
  EXPECT_EQ(api_.get("/_ah/channel/dev?command=connect&channel=" + token + "&client=1").body, "1");
}

TEST_F(DevProtocol, gives_what_was_sent_since_the_token_was_made) {
  send("ann", "before");
  const std::string token = api_.token("ann");
  send("ann", "after");
  EXPECT_EQ(ask("poll", token).body, "after");
}

TEST_F(DevProtocol, gives_two_pages_with_two_tokens_everything_each) {
  const std::string one = api_.token("ann");
  const std::string two = api_.token("ann");
  send("ann", "x");
  EXPECT_EQ(ask("poll", one).body, "x");
  EXPECT_EQ(ask("poll", two).body, "x");
}

TEST_F(DevProtocol, loses_nothing_however_slowly_a_page_polls) {
  const std::string token = api_.token("ann");
  for (int i = 0; i < 5; ++i) {
    send("ann", std::to_string(i));
    pass(milliseconds{30'000});
  }
  for (int i = 0; i < 5; ++i) EXPECT_EQ(ask("poll", token).body, std::to_string(i));
}

TEST_F(DevProtocol, counts_a_page_as_present_while_it_polls) {
  const std::string token = api_.token("ann");
  ask("connect", token);
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  for (int i = 0; i < 10; ++i) {
    pass(milliseconds{500});
    ask("poll", token);
  }
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  pass(milliseconds{2'500});
  EXPECT_THAT(edges(), ElementsAre("+ann"));
  pass(milliseconds{1});
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann"));
  ask("poll", token);
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann", "+ann"));
}

TEST_F(DevProtocol, ends_a_page_that_says_goodbye_at_once) {
  const std::string token = api_.token("ann");
  ask("connect", token);
  ask("disconnect", token);
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann"));
  ask("disconnect", token);
  EXPECT_THAT(edges(), ElementsAre("+ann", "-ann"));
}

TEST_F(DevProtocol, tells_nobody_of_a_page_whose_token_is_bad) {
  ask("connect", "nonsense");
  ask("disconnect", "nonsense");
  EXPECT_THAT(edges(), IsEmpty());
}

TEST_F(DevProtocol, takes_get_alone) {
  const net::HttpAnswer answer = api_.call("POST", "/_ah/channel/dev?command=poll&channel=x");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.field("Allow"), "GET, HEAD");
}

}  // namespace
}  // namespace tayori::api
