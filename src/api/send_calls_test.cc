// Sends beyond the plain ones: idempotency keys, waiting for a page, and batches.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "api/api_over_loopback.h"

namespace tayori::api {
namespace {

using namespace std::string_literals;
using testing::HasSubstr;

class SendCalls : public testing::Test {
 protected:
  std::string body(std::string_view call, const std::string& json) {
    return api_.post("/v1/" + std::string(call), json).body;
  }
  std::string outcome_of(std::string_view call, const std::string& json) {
    return outcome(api_.post("/v1/" + std::string(call), json));
  }
  static std::string sent(std::string_view cursor) {
    return R"({"cursor":"epoch-)" + std::string(cursor) + R"(","sessions":0})";
  }
  static std::string batch_of(std::size_t count) {
    std::string json = R"({"sends":[)";
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) json += ',';
      json += R"({"client_id":"ann","message":")" + std::to_string(i) + "\"}";
    }
    return json + "]}";
  }

  ApiOverLoopback api_;
};

TEST_F(SendCalls, answer_a_repeated_send_as_the_first) {
  for (const char* call : {"send_message", "send_group", "broadcast"}) {
    const std::string to = call == "send_message"s ? R"("client_id":"ann",)"
                           : call == "send_group"s ? R"("group":"g",)"
                                                   : "";
    const std::string json =
        "{" + to + R"("message":"x","idempotency_key":")" + std::string(call) + "\"}";
    const std::string first = body(call, json);
    EXPECT_EQ(body(call, json), first.substr(0, first.size() - 2) + ",\"repeated\":true}\n");
    const std::string other =
        "{" + to + R"("message":"y","idempotency_key":")" + std::string(call) + "\"}";
    EXPECT_EQ(outcome_of(call, other), "409 idempotency_conflict");
  }
  EXPECT_EQ(api_.hub.held().messages, 3U);
}

TEST_F(SendCalls, conflict_when_a_key_goes_to_another_address) {
  EXPECT_EQ(outcome_of("broadcast", R"({"message":"x","idempotency_key":"k"})"), "200");
  EXPECT_EQ(outcome_of("send_group", R"({"group":"g","message":"x","idempotency_key":"k"})"),
            "409 idempotency_conflict");
}

TEST_F(SendCalls, take_keys_of_1_to_256_bytes) {
  const auto with = [&](const std::string& key) {
    return outcome_of("broadcast", R"({"message":"x","idempotency_key":)" + key + "}");
  };
  EXPECT_EQ(with("\"" + std::string(256, 'k') + "\""), "200");
  EXPECT_EQ(with("null"), "200") << "none";
  for (const std::string& key :
       {"\"" + std::string(257, 'k') + "\"", R"("")"s, R"("a\nb")"s, "1"s, "[]"s, "true"s}) {
    EXPECT_EQ(with(key), "400 invalid_request") << key.substr(0, 20);
  }
}

TEST_F(SendCalls, say_at_once_that_nobody_is_there_to_confirm) {
  EXPECT_EQ(body("send_message", R"({"client_id":"ann","message":"x","wait":"ack"})"),
            "{\"cursor\":\"epoch-1\",\"sessions\":0,\"verdict\":\"no_session\"}\n");
}

TEST_F(SendCalls, answer_at_the_end_of_their_wait) {
  for (const int seconds : {1, 10, 60}) {
    ASSERT_EQ(api_.get("/_ah/channel/dev?command=connect&channel=" + api_.token("ann")).status,
              200);
    const std::string json =
        R"({"client_id":"ann","message":"x","wait":"ack")" +
        (seconds == 10 ? "}"s : ",\"timeout_s\":" + std::to_string(seconds) + "}");
    net::LoopbackPeer peer = api_.connect();
    ASSERT_TRUE(
        peer.send("POST /v1/send_message HTTP/1.1\r\nHost: h\r\n"
                  "Content-Type: application/json\r\nContent-Length: " +
                  std::to_string(json.size()) + "\r\n\r\n" + json));
    const std::size_t before = api_.hub.held().messages;
    ASSERT_TRUE(peer.until([&] { return api_.hub.held().messages > before; }));
    api_.clock.advance(std::chrono::seconds(seconds) - std::chrono::milliseconds{1});
    api_.pass(std::chrono::milliseconds{0});
    EXPECT_EQ(peer.waiting(), 0U);
    EXPECT_EQ(peer.received(), "");
    api_.pass(std::chrono::milliseconds{1});
    // A page of the old protocol that says nothing is gone after two seconds.
    EXPECT_EQ(member(await_answer(peer), "verdict"), seconds == 1 ? "queued" : "no_session");
  }
}

TEST_F(SendCalls, take_a_wait_for_ack_of_1_to_60_seconds_alone) {
  const auto with = [&](const std::string& members) {
    return outcome_of("send_message", R"({"client_id":"ann","message":"x",)" + members + "}");
  };
  for (const char* good : {R"("wait":"ack","timeout_s":1)", R"("wait":"ack","timeout_s":60)",
                           R"("wait":"ack","timeout_s":null)", R"("wait":null)"}) {
    EXPECT_EQ(with(good), "200") << good;
  }
  for (const char* bad : {R"("wait":"ack","timeout_s":0)", R"("wait":"ack","timeout_s":61)",
                          R"("wait":"ack","timeout_s":-1)", R"("wait":"ack","timeout_s":1.5)",
                          R"("wait":"ack","timeout_s":"1")", R"("wait":"seen")", R"("wait":"")",
                          R"("wait":true)", R"("timeout_s":10)", R"("wait":null,"timeout_s":10)"}) {
    EXPECT_EQ(with(bad), "400 invalid_request") << bad;
  }
  EXPECT_EQ(outcome_of("send_group", R"({"group":"g","message":"x","wait":"ack"})"),
            "400 invalid_request");
  EXPECT_EQ(outcome_of("broadcast", R"({"message":"x","wait":"ack"})"), "400 invalid_request");
}

TEST_F(SendCalls, answer_a_batch_in_its_order) {
  const std::string token = api_.token("ann");
  EXPECT_EQ(
      body("batch", R"({"sends":[{"client_id":"ann","message":"1"},{"group":"g","message":"2"},)"
                    R"({"everyone":true,"message":"3"},{"client_id":")" +
                        token + R"(","message":"4"}]})"),
      R"({"results":[)" + sent("1") + "," + sent("2") + "," + sent("3") + "," + sent("4") + "]}\n");
  const auto history = api_.hub.history(broker::Topic::of(*ClientId::parse("ann")), {}, 10);
  ASSERT_EQ(history.messages.size(), 2U);
  EXPECT_EQ(history.messages[0].message, "1");
  EXPECT_EQ(history.messages[1].message, "4");
}

TEST_F(SendCalls, refuse_entries_of_a_batch_one_by_one) {
  const std::vector<std::pair<std::string, std::string>> entries{
      {R"({"client_id":"ann","message":""})", "invalid_message"},
      {R"({"client_id":"ann"})", "invalid_message"},
      {R"({"client_id":"","message":"x"})", "invalid_client_id"},
      {R"({"group":"a\n","message":"x"})", "invalid_group"},
      {R"({"message":"x"})", "invalid_request"},
      {R"({"everyone":false,"message":"x"})", "invalid_request"},
      {R"({"everyone":1,"message":"x"})", "invalid_request"},
      {R"({"client_id":"ann","group":"g","message":"x"})", "invalid_request"},
      {R"({"client_id":"ann","message":"x","wait":"ack"})", "invalid_request"},
      {R"({"client_id":"ann","message":"x","idempotency_key":""})", "invalid_request"},
  };
  std::string json = R"({"sends":[)";
  for (const auto& [entry, code] : entries)
    json += entry + R"(,{"client_id":"ann","message":")" + code + "\"},";
  json += R"({"client_id":"ann","message":"last"}]})";
  const net::HttpAnswer answer = api_.post("/v1/batch", json);
  ASSERT_EQ(answer.status, 200);
  const auto parsed = boost::json::parse(answer.body);
  const auto& results = parsed.at("results").as_array();
  ASSERT_EQ(results.size(), 2 * entries.size() + 1);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    EXPECT_EQ(results[2 * i].at("error").at("code").as_string(), entries[i].second.c_str()) << i;
    EXPECT_EQ(results[2 * i + 1].at("cursor").as_string(), ("epoch-" + to_base36({i + 1})).c_str());
  }
  EXPECT_EQ(results.back().at("cursor").as_string(), "epoch-b");
}

TEST_F(SendCalls, know_the_keys_of_a_batch) {
  const std::string json = R"({"sends":[{"everyone":true,"message":"x","idempotency_key":"k"},)"
                           R"({"everyone":true,"message":"x","idempotency_key":"k"},)"
                           R"({"everyone":true,"message":"y","idempotency_key":"k"}]})";
  const auto parsed = boost::json::parse(body("batch", json));
  const auto& results = parsed.at("results").as_array();
  EXPECT_EQ(results[0].as_object().contains("repeated"), false);
  EXPECT_EQ(results[1].at("repeated").as_bool(), true);
  EXPECT_EQ(results[1].at("cursor"), results[0].at("cursor"));
  EXPECT_EQ(results[2].at("error").at("code").as_string(), "idempotency_conflict");
  EXPECT_EQ(api_.hub.held().messages, 1U);
}

TEST_F(SendCalls, take_batches_of_1_to_1000) {
  EXPECT_EQ(body("batch", batch_of(1)), R"({"results":[)" + sent("1") + "]}\n");
  const auto parsed = boost::json::parse(body("batch", batch_of(1'000)));
  const auto& results = parsed.at("results").as_array();
  ASSERT_EQ(results.size(), 1'000U);
  for (std::uint64_t i = 0; i < 1'000; ++i) {
    ASSERT_EQ(results[i].at("cursor").as_string(), ("epoch-" + to_base36({i + 2})).c_str());
  }
  const std::size_t before = api_.hub.held().messages;
  for (const std::string& json :
       {batch_of(0), batch_of(1'001), "{}"s, R"({"sends":null})"s, R"({"sends":{}})"s,
        R"({"sends":["x"]})"s, R"({"sends":[{"everyone":true,"message":"x"},null]})"s,
        R"({"sends":[{"everyone":true,"message":"x"}],"atomic":true})"s}) {
    EXPECT_EQ(outcome_of("batch", json), "400 invalid_request") << json.substr(0, 60);
  }
  EXPECT_EQ(api_.hub.held().messages, before) << "nothing of these";
}

TEST_F(SendCalls, refuse_a_body_above_the_limit) {
  const std::string message(3'145'728, 'x');
  EXPECT_EQ(outcome_of("batch", R"({"sends":[{"everyone":true,"message":")" + message + "\"}]}"),
            "413 payload_too_large");
}

TEST_F(SendCalls, ask_for_the_key) {
  ApiOverLoopback api({.api_key = "secret"});
  for (const char* call : {"send_message", "send_group", "broadcast", "batch"}) {
    EXPECT_EQ(outcome(api.post("/v1/" + std::string(call), "{}")), "401 unauthorized") << call;
  }
  EXPECT_EQ(outcome(api.call("POST", "/v1/batch",
                             {{"Content-Type", "application/json"}, {"X-API-Key", "secret"}},
                             batch_of(1))),
            "200");
}

TEST_F(SendCalls, name_the_member_that_is_wrong) {
  const auto answer =
      api_.post("/v1/batch", R"({"sends":[{"everyone":true,"message":"x","to":1}]})");
  EXPECT_THAT(answer.body, HasSubstr("\\\"to\\\""));
}

}  // namespace
}  // namespace tayori::api
