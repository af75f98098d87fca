// Calls about channels: groups, who is here, ending them, and what was sent to them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "api/api_over_loopback.h"

namespace tayori::api {
namespace {

using namespace std::string_literals;
using testing::HasSubstr;

class ChannelCalls : public testing::Test {
 protected:
  std::string body(std::string_view call, const std::string& json) {
    return api_.post("/v1/" + std::string(call), json).body;
  }
  std::string outcome_of(std::string_view call, const std::string& json) {
    return outcome(api_.post("/v1/" + std::string(call), json));
  }
  void refuses(std::string_view call, std::string_view code, const std::vector<std::string>& all) {
    for (const std::string& json : all)
      EXPECT_EQ(outcome_of(call, json), "400 " + std::string(code))
          << call << " " << json.substr(0, 80);
  }
  /// A page of the old protocol, which is here by one request.
  std::string here(std::string_view client) {
    std::string token = api_.token(client);
    EXPECT_EQ(api_.get("/_ah/channel/dev?command=connect&channel=" + token).status, 200);
    return token;
  }
  std::vector<std::string> clients(const std::string& json) {
    const auto parsed = boost::json::parse(body("presence", json));
    std::vector<std::string> names;
    for (const auto& one : parsed.at("clients").as_array())
      names.emplace_back(one.at("client_id").as_string().c_str());
    return names;
  }

  ApiOverLoopback api_;
};

TEST_F(ChannelCalls, join_and_leave_answer_the_place_and_the_members) {
  EXPECT_EQ(body("join_group", R"({"group":"g","client_id":"ann"})"),
            "{\"cursor\":\"epoch-1\",\"members\":1}\n");
  EXPECT_EQ(body("join_group", R"({"group":"g","client_id":"bob"})"),
            "{\"cursor\":\"epoch-2\",\"members\":2}\n");
  EXPECT_EQ(body("join_group", R"({"group":"g","client_id":"bob"})"),
            "{\"cursor\":\"epoch-3\",\"members\":2}\n");
  EXPECT_EQ(body("leave_group", R"({"group":"g","client_id":"ann"})"),
            "{\"cursor\":\"epoch-4\",\"members\":1}\n");
  EXPECT_EQ(body("leave_group", R"({"group":"none","client_id":"ann"})"),
            "{\"cursor\":\"epoch-5\",\"members\":0}\n");
}

TEST_F(ChannelCalls, join_and_leave_refuse_what_is_no_name) {
  for (const char* call : {"join_group", "leave_group"}) {
    refuses(call, "invalid_group",
            {R"({"client_id":"ann"})", R"({"group":"","client_id":"ann"})",
             R"({"group":7,"client_id":"ann"})", R"({"group":null,"client_id":"ann"})",
             R"({"group":"a\u0000","client_id":"ann"})",
             R"({"group":")" + std::string(129, 'g') + R"(","client_id":"ann"})"});
    refuses(
        call, "invalid_client_id",
        {R"({"group":"g"})", R"({"group":"g","client_id":""})", R"({"group":"g","client_id":[]})",
         R"({"group":"g","client_id":")" + std::string(257, 'a') + R"("})"});
    refuses(call, "invalid_request", {R"({"group":"g","client_id":"ann","x":1})"});
    EXPECT_EQ(outcome_of(call, R"({"group":")" + std::string(128, 'g') + R"(","client_id":")" +
                                   std::string(256, 'a') + R"("})"),
              "200");
  }
}

TEST_F(ChannelCalls, join_takes_64_groups_of_a_client_id) {
  const auto join = [&](int i) {
    return outcome_of("join_group", R"({"client_id":"ann","group":"g)" + std::to_string(i) + "\"}");
  };
  for (int i = 0; i < 64; ++i) EXPECT_EQ(join(i), "200");
  EXPECT_EQ(join(64), "400 invalid_group");
  EXPECT_EQ(join(63), "200") << "it is in there already";
  EXPECT_EQ(outcome_of("leave_group", R"({"client_id":"ann","group":"g0"})"), "200");
  EXPECT_EQ(join(64), "200");
}

TEST_F(ChannelCalls, groups_are_listed_by_name_a_page_at_a_time) {
  EXPECT_EQ(body("groups", "{}"), "{\"groups\":[],\"next\":null}\n");
  for (const char* group : {"c", "a", "b \\\"便"}) {
    body("join_group", R"({"client_id":"ann","group":")" + std::string(group) + "\"}");
  }
  body("join_group", R"({"client_id":"bob","group":"a"})");
  EXPECT_EQ(
      body("groups", R"({"limit":2})"),
      R"({"groups":[{"group":"a","members":2},{"group":"b \"便","members":1}],"next":"b \"便"})"
      "\n");
  EXPECT_EQ(body("groups", R"({"limit":2,"after":"b \"便"})"),
            "{\"groups\":[{\"group\":\"c\",\"members\":1}],\"next\":null}\n");
  EXPECT_EQ(body("groups", R"({"client_id":"bob"})"),
            "{\"groups\":[{\"group\":\"a\",\"members\":2}],\"next\":null}\n");
  EXPECT_EQ(body("groups", R"({"client_id":"cid"})"), "{\"groups\":[],\"next\":null}\n");
}

TEST_F(ChannelCalls, lists_take_limits_of_1_to_1000) {
  for (const char* call : {"groups", "presence", "history"}) {
    const std::string what = call == "history"s ? R"("everyone":true,)" : "";
    for (const char* good : {"1", "1000", "null"})
      EXPECT_EQ(outcome_of(call, "{" + what + "\"limit\":" + good + "}"), "200") << call << good;
    for (const char* bad : {"0", "1001", "-1", "1.5", "\"1\"", "true", "9223372036854775807"})
      refuses(call, "invalid_request", {"{" + what + "\"limit\":" + bad + "}"});
  }
  refuses("groups", "invalid_request", {R"({"after":1})", R"({"x":1})"});
  refuses("groups", "invalid_client_id", {R"({"client_id":1})", R"({"client_id":""})"});
}

TEST_F(ChannelCalls, presence_tells_who_is_here) {
  EXPECT_EQ(body("presence", "{}"), "{\"clients\":[],\"next\":null,\"cursor\":\"epoch-0\"}\n");
  for (const char* client : {"bob", "ann", "cid"}) here(client);
  body("join_group", R"({"group":"g","client_id":"cid"})");
  body("join_group", R"({"group":"g","client_id":"away"})");
  EXPECT_THAT(body("presence", R"({"client_ids":["ann"]})"),
              HasSubstr(R"({"client_id":"ann","sessions":1,"since":")"));
  EXPECT_THAT(clients("{}"), testing::ElementsAre("ann", "bob", "cid"));
  EXPECT_THAT(clients(R"({"limit":1,"after":"ann"})"), testing::ElementsAre("bob"));
  EXPECT_THAT(clients(R"({"group":"g"})"), testing::ElementsAre("cid"));
  EXPECT_THAT(clients(R"({"group":"g","after":"cid"})"), testing::IsEmpty());
  EXPECT_THAT(clients(R"({"client_ids":["cid","away","ann"]})"),
              testing::UnorderedElementsAre("ann", "cid"));
}

TEST_F(ChannelCalls, presence_tells_what_has_happened_since) {
  const std::string ann = here("ann");
  here("bob");
  body("disconnect", R"({"client_id":"ann"})");
  api_.turn();
  const auto parsed = boost::json::parse(body("presence", R"({"events_since":"epoch-0"})"));
  const auto& events = parsed.at("events").as_array();
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[0].at("type").as_string(), "connected");
  EXPECT_FALSE(events[0].as_object().contains("reason"));
  EXPECT_EQ(events[2].at("type").as_string(), "disconnected");
  EXPECT_EQ(events[2].at("client_id").as_string(), "ann");
  EXPECT_EQ(events[2].at("reason").as_string(), "disconnected");
  EXPECT_FALSE(parsed.at("more").as_bool());
  EXPECT_TRUE(parsed.at("gap").is_null());
  const std::string cursor(parsed.at("cursor").as_string());
  EXPECT_EQ(body("presence", R"({"events_since":")" + cursor + "\"}"),
            R"({"events":[],"cursor":")" + cursor + "\",\"more\":false,\"gap\":null}\n");
  const auto one = boost::json::parse(body("presence", R"({"events_since":"epoch-0","limit":1})"));
  EXPECT_TRUE(one.at("more").as_bool());
  EXPECT_EQ(one.at("cursor").as_string(), "epoch-1");
  EXPECT_THAT(body("presence", R"({"events_since":"older-9"})"),
              HasSubstr(R"("gap":{"from":"older-9","to":"epoch-0"})"));
}

TEST_F(ChannelCalls, presence_refuses_what_does_not_go_together) {
  refuses("presence", "invalid_request",
          {R"({"client_ids":["a"],"group":"g"})", R"({"group":"g","events_since":"epoch-0"})",
           R"({"client_ids":["a"],"after":"x"})", R"({"events_since":"epoch-0","after":"x"})",
           R"({"client_ids":[]})", R"({"after":7})", R"({"since":"epoch-0"})"});
  refuses("presence", "invalid_client_id",
          {R"({"client_ids":"a"})", R"({"client_ids":[1]})", R"({"client_ids":["a",""]})"});
  refuses("presence", "invalid_group", {R"({"group":""})", R"({"group":1})"});
  refuses("presence", "invalid_cursor", {R"({"events_since":"x"})", R"({"events_since":1})"});
  std::string many = "\"a\"";
  for (int i = 1; i < 1'000; ++i) many += ",\"a\"";
  EXPECT_EQ(outcome_of("presence", R"({"client_ids":[)" + many + "]}"), "200");
  refuses("presence", "invalid_request", {R"({"client_ids":[)" + many + ",\"a\"]}"});
}

TEST_F(ChannelCalls, disconnect_ends_and_revokes) {
  const std::string ann = here("ann");
  EXPECT_EQ(body("disconnect", R"({"client_id":"ann","reason":"why","revoke":true})"),
            "{\"cursor\":\"epoch-2\",\"sessions\":1}\n");
  const std::string asking = R"({"token":")" + ann + "\"}";
  for (const char* path : {"sse", "poll", "close", "ack"}) {
    EXPECT_EQ(outcome(api_.post("/_ah/channel/" + std::string(path), asking)), "401 token_revoked")
        << path;
  }
  EXPECT_EQ(api_.get("/_ah/channel/dev?command=poll&channel=" + ann).status, 401);
  EXPECT_EQ(outcome(api_.post("/_ah/channel/poll", R"({"token":")" + api_.token("ann") + "\"}")),
            "200");
  EXPECT_EQ(body("disconnect", R"({"client_id":"nobody"})"),
            "{\"cursor\":\"epoch-5\",\"sessions\":0}\n");
}

TEST_F(ChannelCalls, disconnect_refuses_what_it_does_not_know) {
  refuses("disconnect", "invalid_client_id",
          {"{}", R"({"client_id":""})", R"({"client_id":null})"});
  refuses("disconnect", "invalid_request",
          {R"({"client_id":"a","reason":""})", R"({"client_id":"a","reason":"\n"})",
           R"({"client_id":"a","reason":1})", R"({"client_id":"a","revoke":1})",
           R"({"client_id":"a","revoke":"true"})", R"({"client_id":"a","why":"x"})",
           R"({"client_id":"a","reason":")" + std::string(257, 'r') + "\"}"});
  EXPECT_EQ(outcome_of("disconnect", R"({"client_id":"a","revoke":null,"reason":")" +
                                         std::string(256, 'r') + "\"}"),
            "200");
}

TEST_F(ChannelCalls, history_tells_what_was_sent_to_one_address) {
  for (const char* text : {"1", "2", "3"})
    body("send_message", R"({"client_id":"ann","message":")" + std::string(text) + "\"}");
  body("send_group", R"({"group":"ann","message":"g"})");
  body("broadcast", R"({"message":"all"})");
  EXPECT_EQ(
      body("history", R"({"client_id":"ann","limit":2})"),
      R"({"messages":[{"cursor":"epoch-1","message":"1"},{"cursor":"epoch-2","message":"2"}],)"
      "\"cursor\":\"epoch-2\",\"more\":true,\"gap\":null}\n");
  EXPECT_EQ(body("history", R"({"client_id":"ann","after":"epoch-2"})"),
            R"({"messages":[{"cursor":"epoch-3","message":"3"}],)"
            "\"cursor\":\"epoch-5\",\"more\":false,\"gap\":null}\n");
  EXPECT_THAT(body("history", R"({"group":"ann"})"), HasSubstr(R"("message":"g"}])"));
  EXPECT_THAT(body("history", R"({"everyone":true})"), HasSubstr(R"("message":"all"}])"));
  EXPECT_THAT(body("history", R"({"everyone":true,"after":"older-9"})"),
              HasSubstr(R"("gap":{"from":"older-9","to":"epoch-0"})"));
}

TEST_F(ChannelCalls, history_refuses_what_is_not_one_address) {
  refuses("history", "invalid_request",
          {"{}", R"({"client_id":"a","group":"g"})", R"({"group":"g","everyone":true})",
           R"({"everyone":false})", R"({"everyone":1})", R"({"everyone":true,"before":"x"})"});
  refuses("history", "invalid_client_id", {R"({"client_id":""})"});
  refuses("history", "invalid_group", {R"({"group":""})"});
  refuses("history", "invalid_cursor",
          {R"({"everyone":true,"after":"x"})", R"({"everyone":true,"after":1})"});
}

TEST_F(ChannelCalls, create_channel_takes_the_three_policies) {
  for (const char* policy : {R"("multi")", R"("replace")", R"("reject")", "null"}) {
    const auto answer = api_.post("/v1/create_channel",
                                  R"({"client_id":"ann","policy":)" + std::string(policy) + "}");
    ASSERT_EQ(answer.status, 200) << policy;
    const auto claims = api_.hub.read_token(member(answer, "token"));
    EXPECT_EQ(word(claims->policy),
              policy == "null"s ? "multi"
                                : std::string(policy).substr(1, std::string(policy).size() - 2));
  }
  refuses("create_channel", "invalid_request",
          {R"({"client_id":"ann","policy":"newest"})", R"({"client_id":"ann","policy":""})",
           R"({"client_id":"ann","policy":1})"});
}

TEST_F(ChannelCalls, a_poll_that_is_not_let_in_is_told_so_by_its_status) {
  const auto reject = [&] {
    return api_.hub.create_channel(*ClientId::parse("ann"), {.policy = Policy::reject})->token;
  };
  here("ann");
  const auto answer = api_.post("/_ah/channel/poll", R"({"token":")" + reject() + "\"}");
  EXPECT_EQ(outcome(answer), "409 already_open");
  EXPECT_EQ(answer.field("Content-Type"), "application/problem+json");
  EXPECT_EQ(member(answer, "description"), facts(ErrorCode::already_open).description);
}

TEST_F(ChannelCalls, ask_for_the_key) {
  ApiOverLoopback api({.api_key = "secret"});
  for (const char* call : {"create_channel", "join_group", "leave_group", "groups", "presence",
                           "disconnect", "history"}) {
    EXPECT_EQ(outcome(api.post("/v1/" + std::string(call), "{}")), "401 unauthorized") << call;
  }
  EXPECT_EQ(outcome(api.call(
                "POST", "/v1/groups",
                {{"Content-Type", "application/json"}, {"Authorization", "Bearer secret"}}, "{}")),
            "200");
}

}  // namespace
}  // namespace tayori::api
