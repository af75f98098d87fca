// send_message, send_group and broadcast, as a page that polls sees them arrive.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "api/api_over_loopback.h"

namespace tayori::api {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string to(const std::string& client, const std::string& message) {
  return "{\"client_id\":" + base::json_string(client) +
         ",\"message\":" + base::json_string(message) + "}";
}

class Sending : public testing::Test {
 protected:
  std::string send(const std::string& json) { return outcome(api_.post("/v1/send_message", json)); }
  /// Everything that waits for the page with `token`.
  std::vector<std::string> polled(const std::string& token) {
    std::vector<std::string> messages;
    while (true) {
      net::HttpAnswer answer = api_.get("/_ah/channel/dev?command=poll&channel=" + token);
      if (answer.body.empty()) return messages;
      messages.push_back(std::move(answer.body));
    }
  }
  std::string group_token(const std::string& client, const std::string& group) {
    ChannelOptions options;
    options.groups.push_back(*GroupName::parse(group));
    return api_.hub.create_channel(*ClientId::parse(client), options)->token;
  }

  ApiOverLoopback api_;
};

TEST_F(Sending, answers_the_place_in_the_log_and_how_many_heard) {
  const net::HttpAnswer answer = api_.post("/v1/send_message", to("ann", "hello"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.field("Content-Type"), "application/json");
  EXPECT_EQ(answer.body, "{\"cursor\":\"epoch-1\",\"sessions\":0}\n");
  EXPECT_EQ(api_.post("/v1/broadcast", R"({"message":"x"})").body,
            "{\"cursor\":\"epoch-2\",\"sessions\":0}\n");
}

TEST_F(Sending, reaches_the_client_the_group_and_everyone_in_one_order) {
  const std::string ann = group_token("ann", "g");
  const std::string bob = api_.token("bob");
  api_.post("/v1/send_message", to("ann", "to ann"));
  api_.post("/v1/send_group", R"({"group":"g","message":"to g"})");
  api_.post("/v1/broadcast", R"({"message":"to all"})");
  api_.post("/v1/send_message", to("bob", "to bob"));
  EXPECT_THAT(polled(ann), ElementsAre("to ann", "to g", "to all"));
  EXPECT_THAT(polled(bob), ElementsAre("to all", "to bob"));
}

TEST_F(Sending, keeps_a_client_and_a_group_of_one_name_apart) {
  const std::string client = api_.token("same");
  const std::string member = group_token("ann", "same");
  api_.post("/v1/send_message", to("same", "to the client"));
  api_.post("/v1/send_group", R"({"group":"same","message":"to the group"})");
  EXPECT_THAT(polled(client), ElementsAre("to the client"));
  EXPECT_THAT(polled(member), ElementsAre("to the group"));
}

TEST_F(Sending, takes_messages_of_1_to_32767_bytes) {
  const std::string ann = api_.token("ann");
  EXPECT_EQ(send(to("ann", "x")), "200");
  EXPECT_EQ(send(to("ann", std::string(32'767, 'x'))), "200");
  EXPECT_EQ(send(to("ann", std::string(32'768, 'x'))), "400 invalid_message");
  EXPECT_EQ(send(to("ann", "")), "400 invalid_message");
  EXPECT_THAT(polled(ann), ElementsAre("x", std::string(32'767, 'x')));
}

TEST_F(Sending, counts_bytes_and_not_characters) {
  std::string message;
  for (int i = 0; i < 10'922; ++i) message += "便";
  EXPECT_EQ(send(to("ann", message + "x")), "200");
  EXPECT_EQ(send(to("ann", message + "xy")), "400 invalid_message");
}

// Written as \u0001 each, it is six times as long: 197 KB of JSON.
TEST_F(Sending, takes_the_longest_message_of_control_characters) {
  const std::string ann = api_.token("ann");
  const std::string message(32'767, '\x01');
  const std::string json = to("ann", message);
  EXPECT_GT(json.size(), 190'000U);
  EXPECT_EQ(send(json), "200");
  EXPECT_THAT(polled(ann), ElementsAre(message));
}

TEST_F(Sending, carries_every_character_as_it_is) {
  const std::string ann = api_.token("ann");
  const std::string message = "\0\r\n\"\\</script>\x7f 便😀"s;
  EXPECT_EQ(send(to("ann", message)), "200");
  EXPECT_THAT(polled(ann), ElementsAre(message));
}

TEST_F(Sending, refuses_messages_that_are_none) {
  for (const char* message : {"null", "1", "true", "[]", "{}"}) {
    EXPECT_EQ(send("{\"client_id\":\"ann\",\"message\":"s + message + "}"), "400 invalid_message")
        << message;
  }
  EXPECT_EQ(send(R"({"client_id":"ann"})"), "400 invalid_message");
  EXPECT_EQ(send("{\"client_id\":\"ann\",\"message\":\"\xff\"}"), "400 invalid_json");
  EXPECT_EQ(send(R"({"client_id":"ann","message":"\ud800"})"), "400 invalid_json");
}

TEST_F(Sending, refuses_addresses_that_are_none) {
  EXPECT_EQ(send(R"({"message":"x"})"), "400 invalid_client_id");
  EXPECT_EQ(send(R"({"client_id":7,"message":"x"})"), "400 invalid_client_id");
  EXPECT_EQ(send(to("", "x")), "400 invalid_client_id");
  EXPECT_EQ(send(to(std::string(257, 'a'), "x")), "400 invalid_client_id");
  EXPECT_EQ(send(to("a\n", "x")), "400 invalid_client_id");
  EXPECT_EQ(outcome(api_.post("/v1/send_group", R"({"group":"","message":"x"})")),
            "400 invalid_group");
  EXPECT_EQ(outcome(api_.post("/v1/send_group", R"({"message":"x"})")), "400 invalid_group");
}

TEST_F(Sending, checks_the_address_before_the_message) {
  EXPECT_EQ(send(to("", "")), "400 invalid_client_id");
}

TEST_F(Sending, appends_nothing_that_it_refuses) {
  send(to("ann", ""));
  send(to("", "x"));
  send("{");
  EXPECT_EQ(api_.hub.held().messages, 0U);
}

TEST_F(Sending, refuses_members_it_does_not_know) {
  const auto answer = api_.post("/v1/broadcast", R"({"message":"x","idempotencykey":"1"})");
  EXPECT_EQ(outcome(answer), "400 invalid_request");
  EXPECT_THAT(member(answer, "detail"), HasSubstr("idempotencykey"));
  EXPECT_EQ(outcome(api_.post("/v1/send_group", R"({"client_id":"a","group":"g","message":"x"})")),
            "400 invalid_request");
}

TEST_F(Sending, takes_a_good_token_for_an_address) {
  const std::string ann = api_.token("ann");
  EXPECT_EQ(send(to(api_.token("ann"), "by token")), "200");
  EXPECT_EQ(send(to(" " + api_.token("ann") + "\n", "with spaces")), "400 invalid_client_id");
  EXPECT_THAT(polled(ann), ElementsAre("by token"));
}

// As of old, a token that is not good is an address like any other; most are too long to be one.
TEST_F(Sending, takes_an_expired_token_literally) {
  const std::string ann = api_.token("ann");
  const std::string spent =
      api_.hub.create_channel(*ClientId::parse("ann"), {.duration = std::chrono::minutes{1}})
          ->token;
  ASSERT_LE(spent.size(), limits::kClientIdBytes);
  const std::string named_so = api_.token(spent);
  api_.clock.advance(std::chrono::minutes{1});
  EXPECT_EQ(send(to(spent, "x")), "200");
  EXPECT_THAT(polled(ann), IsEmpty());
  EXPECT_THAT(polled(named_so), ElementsAre("x"));
}

TEST_F(Sending, refuses_a_bad_token_that_is_too_long_for_an_address) {
  const std::string spent = api_.hub
                                .create_channel(*ClientId::parse(std::string(200, 'a')),
                                                {.duration = std::chrono::minutes{1}})
                                ->token;
  ASSERT_GT(spent.size(), limits::kClientIdBytes);
  EXPECT_EQ(send(to(spent, "x")), "200");
  api_.clock.advance(std::chrono::minutes{1});
  EXPECT_EQ(send(to(spent, "x")), "400 invalid_client_id");
}

TEST_F(Sending, takes_what_only_looks_like_a_token_literally) {
  const std::string page = api_.token("eyJ");
  EXPECT_EQ(send(to("eyJ", "x")), "200");
  EXPECT_EQ(send(to("eyJ.eyJ.eyJ", "y")), "200");
  EXPECT_THAT(polled(page), ElementsAre("x"));
}

TEST_F(Sending, takes_the_limit_of_messages_from_the_configuration) {
  ApiOverLoopback api({.message_bytes = 10});
  EXPECT_EQ(outcome(api.post("/v1/broadcast", R"({"message":"0123456789"})")), "200");
  EXPECT_EQ(outcome(api.post("/v1/broadcast", R"({"message":"0123456789a"})")),
            "400 invalid_message");
}

TEST_F(Sending, answers_calls_of_one_connection_in_their_order) {
  net::LoopbackPeer peer = api_.connect();
  std::string bytes;
  for (int i = 0; i < 50; ++i) {
    const std::string json = to("ann", std::to_string(i));
    bytes +=
        "POST /v1/send_message HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
        "Content-Length: " +
        std::to_string(json.size()) + "\r\n\r\n" + json;
  }
  ASSERT_TRUE(peer.send(bytes));
  for (std::uint64_t i = 1; i <= 50; ++i) {
    EXPECT_EQ(member(await_answer(peer), "cursor"), "epoch-" + to_base36({i}));
  }
}

}  // namespace
}  // namespace tayori::api
