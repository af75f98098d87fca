// create_channel, and who may call at all.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "api/api_over_loopback.h"

namespace tayori::api {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;
using testing::HasSubstr;

std::string create(const std::string& members) { return "{\"client_id\":\"ann\"" + members + "}"; }

class CreateChannel : public testing::Test {
 protected:
  std::string outcome_of(const std::string& json) {
    return outcome(api_.post("/v1/create_channel", json));
  }
  access::TokenClaims claims_of(const net::HttpAnswer& answer) {
    auto claims = api_.hub.read_token(member(answer, "token"));
    EXPECT_TRUE(claims) << answer.body;
    return *claims;
  }

  ApiOverLoopback api_;
};

TEST_F(CreateChannel, answers_token_client_id_and_end) {
  const net::HttpAnswer answer = api_.post("/v1/create_channel", R"({"client_id":"ann"})");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.field("Content-Type"), "application/json");
  EXPECT_EQ(member(answer, "client_id"), "ann");
  // Two hours after the clock's beginning.
  EXPECT_EQ(member(answer, "expires_at"), "2026-01-01T02:00:00Z");
  const auto claims = claims_of(answer);
  EXPECT_EQ(claims.client_id.text(), "ann");
  EXPECT_EQ(claims.bookmark->text(), "epoch-0");
}

TEST_F(CreateChannel, gives_a_new_token_at_every_call) {
  const auto token = [this] {
    return member(api_.post("/v1/create_channel", create("")), "token");
  };
  EXPECT_NE(token(), token());
}

TEST_F(CreateChannel, puts_the_head_of_the_log_into_the_token) {
  api_.post("/v1/broadcast", R"({"message":"one"})");
  const auto claims = claims_of(api_.post("/v1/create_channel", create("")));
  EXPECT_EQ(claims.bookmark->text(), "epoch-1");
}

TEST_F(CreateChannel, takes_ids_of_1_to_256_bytes) {
  const auto with_id = [this](const std::string& id) {
    return outcome_of("{\"client_id\":" + base::json_string(id) + "}");
  };
  EXPECT_EQ(with_id("a"), "200");
  EXPECT_EQ(with_id(std::string(256, 'a')), "200");
  EXPECT_EQ(with_id(std::string(257, 'a')), "400 invalid_client_id");
  EXPECT_EQ(with_id(""), "400 invalid_client_id");
  // Bytes count, not characters: 85 of 3 bytes and one, or two.
  std::string id;
  for (int i = 0; i < 85; ++i) id += "便";
  EXPECT_EQ(with_id(id + "x"), "200");
  EXPECT_EQ(with_id(id + "xy"), "400 invalid_client_id");
  EXPECT_EQ(with_id("a-b--c-d 😀"), "200");
}

TEST_F(CreateChannel, refuses_ids_that_are_none) {
  for (const char* id : {"null", "1", "true", "[]", "{}", "\"a\\u0000\"", "\"a\\n\"", "\"\\u007f\"",
                         "\"\\u0085\""}) {
    EXPECT_EQ(outcome_of("{\"client_id\":"s + id + "}"), "400 invalid_client_id") << id;
  }
  EXPECT_EQ(outcome_of("{}"), "400 invalid_client_id");
}

TEST_F(CreateChannel, escapes_the_id_it_gives_back) {
  const std::string id = "a\"b\\c</script>";
  const auto answer =
      api_.post("/v1/create_channel", "{\"client_id\":" + base::json_string(id) + "}");
  EXPECT_EQ(member(answer, "client_id"), id);
}

TEST_F(CreateChannel, takes_durations_of_1_to_1440_whole_minutes) {
  const auto end = [this](const std::string& minutes) {
    return member(api_.post("/v1/create_channel", create(",\"duration_minutes\":" + minutes)),
                  "expires_at");
  };
  EXPECT_EQ(end("1"), "2026-01-01T00:01:00Z");
  EXPECT_EQ(end("1440"), "2026-01-02T00:00:00Z");
  EXPECT_EQ(end("null"), "2026-01-01T02:00:00Z");
}

TEST_F(CreateChannel, refuses_other_durations) {
  for (const char* minutes :
       {"0", "-1", "1441", "1.5", "120.0", "1e2", "\"120\"", "true", "[]", "{}",
        "9223372036854775807", "-9223372036854775808", "18446744073709551615", "1e300"}) {
    EXPECT_EQ(outcome_of(create(",\"duration_minutes\":"s + minutes)), "400 invalid_duration")
        << minutes;
  }
}

TEST_F(CreateChannel, puts_groups_into_the_token) {
  const auto claims = claims_of(api_.post("/v1/create_channel", create(R"(,"groups":["g","h"])")));
  EXPECT_THAT(claims.groups, ElementsAre(*GroupName::parse("g"), *GroupName::parse("h")));
}

TEST_F(CreateChannel, takes_64_groups_of_1_to_128_bytes) {
  const auto groups = [](std::size_t count, const std::string& name) {
    std::string text = ",\"groups\":[";
    for (std::size_t i = 0; i < count; ++i)
      text += (i > 0 ? "," : "") + base::json_string(name + std::to_string(i));
    return text + "]";
  };
  EXPECT_EQ(outcome_of(create(groups(64, "g"))), "200");
  EXPECT_EQ(outcome_of(create(groups(65, "g"))), "400 invalid_group");
  EXPECT_EQ(outcome_of(create(groups(1, std::string(127, 'g')))), "200");
  EXPECT_EQ(outcome_of(create(groups(1, std::string(128, 'g')))), "400 invalid_group");
  for (const char* list : {"[\"\"]", "[\"\\n\"]", "[1]", "\"g\"", "{}", "[null]"}) {
    EXPECT_EQ(outcome_of(create(",\"groups\":"s + list)), "400 invalid_group") << list;
  }
}

// 64 of the longest names make a token of more than 8 KiB, which has to stay below what is read of one.
TEST_F(CreateChannel, makes_no_token_that_it_would_not_take_back) {
  std::string groups;
  for (int i = 0; i < 64; ++i) {
    std::string name = std::to_string(100 + i);
    while (name.size() + 4 <= 128) name += "😀";
    groups += (i > 0 ? "," : "") + base::json_string(name);
  }
  std::string id;
  while (id.size() + 4 <= 256) id += "😀";
  const auto answer = api_.post("/v1/create_channel", "{\"client_id\":" + base::json_string(id) +
                                                          ",\"groups\":[" + groups + "]}");
  EXPECT_EQ(claims_of(answer).groups.size(), 64U);
}

TEST_F(CreateChannel, refuses_members_it_does_not_know) {
  const net::HttpAnswer answer = api_.post("/v1/create_channel", create(",\"duration\":5"));
  EXPECT_EQ(outcome(answer), "400 invalid_request");
  EXPECT_THAT(member(answer, "detail"), HasSubstr("\"duration\""));
}

TEST_F(CreateChannel, checks_the_id_before_the_duration) {
  EXPECT_EQ(outcome_of(R"({"client_id":"","duration_minutes":0})"), "400 invalid_client_id");
}

TEST_F(CreateChannel, takes_its_default_from_the_configuration) {
  ApiOverLoopback api({.token_life = std::chrono::minutes{5}});
  EXPECT_EQ(member(api.post("/v1/create_channel", create("")), "expires_at"),
            "2026-01-01T00:05:00Z");
}

TEST_F(CreateChannel, takes_post_with_json_alone) {
  const net::HttpAnswer answer = api_.get("/v1/create_channel");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.field("Allow"), "POST");
  EXPECT_EQ(
      outcome(api_.call("POST", "/v1/create_channel", {{"Content-Type", "text/plain"}}, "{}")),
      "415 unsupported_media_type");
  EXPECT_EQ(outcome(api_.call("POST", "/v1/create_channel", {}, "{}")),
            "415 unsupported_media_type");
}

TEST_F(CreateChannel, counts_what_it_refuses) {
  const auto count = [this](ErrorCode code) {
    return api_.loop_hub.counters().refused(code).value();
  };
  outcome_of("{}");
  outcome_of("{");
  EXPECT_EQ(count(ErrorCode::invalid_client_id), 1U);
  EXPECT_EQ(count(ErrorCode::invalid_json), 1U);
}

class ApiKeys : public testing::Test {
 protected:
  std::string outcome_with(const std::vector<HttpField>& fields, std::string_view call) {
    std::vector<HttpField> all{{"Content-Type", "application/json"}};
    all.insert(all.end(), fields.begin(), fields.end());
    return outcome(api_.call("POST", call, all, R"({"client_id":"ann"})"));
  }
  std::string create_with(const std::vector<HttpField>& fields) {
    return outcome_with(fields, "/v1/create_channel");
  }

  ApiOverLoopback api_{{.api_key = "the-key"}};
};

TEST_F(ApiKeys, let_in_by_either_field) {
  EXPECT_EQ(create_with({{"Authorization", "Bearer the-key"}}), "200");
  EXPECT_EQ(create_with({{"authorization", "bearer the-key"}}), "200");
  EXPECT_EQ(create_with({{"X-API-Key", "the-key"}}), "200");
}

TEST_F(ApiKeys, keep_everybody_else_out) {
  const std::vector<std::vector<HttpField>> wrong{
      {},
      {{"X-API-Key", ""}},
      {{"X-API-Key", "the-kez"}},
      {{"X-API-Key", "the-key2"}},
      {{"X-API-Key", "the-ke"}},
      {{"X-API-Key", "THE-KEY"}},
      {{"Authorization", "the-key"}},
      {{"Authorization", "Basic the-key"}},
      {{"Authorization", "Bearer"}},
      {{"Authorization", "Bearer the-key the-key"}},
      {{"Cookie", "X-API-Key=the-key"}},
  };
  for (const auto& fields : wrong) {
    EXPECT_EQ(create_with(fields), "401 unauthorized")
        << (fields.empty() ? "nothing" : fields.front().value);
  }
  EXPECT_EQ(outcome(api_.post("/v1/create_channel?key=the-key&X-API-Key=the-key",
                              R"({"client_id":"ann"})")),
            "401 unauthorized");
}

TEST_F(ApiKeys, are_asked_for_by_every_call_before_anything_else) {
  for (const char* call :
       {"/v1/create_channel", "/v1/send_message", "/v1/send_group", "/v1/broadcast"}) {
    const net::HttpAnswer answer = api_.call("POST", call, {{"Content-Type", "text/plain"}}, "{");
    EXPECT_EQ(outcome(answer), "401 unauthorized") << call;
    EXPECT_EQ(answer.field("WWW-Authenticate"), "Bearer") << call;
  }
  EXPECT_EQ(api_.loop_hub.counters().refused(ErrorCode::unauthorized).value(), 4U);
}

TEST_F(ApiKeys, are_not_asked_for_by_the_operators_routes) {
  for (const char* path : {"/healthz", "/readyz", "/metrics"})
    EXPECT_EQ(api_.get(path).status, 200);
}

}  // namespace
}  // namespace tayori::api
