#include "tayori/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "client/scripted_server.h"
#include "client/timestamp.h"

namespace tayori {
namespace {

using namespace std::chrono_literals;
using client::ScriptedServer;
using testing::IsEmpty;
using testing::SizeIs;

ClientId ann() { return *ClientId::parse("ann"); }
ClientId bob() { return *ClientId::parse("bob"); }
GroupName red() { return *GroupName::parse("red"); }
Payload hello() { return *Payload::parse("hello"); }
Cursor at(const char* text) { return *Cursor::parse(text); }

constexpr const char* kSent = R"({"cursor":"e-1","sessions":2})";

class ClientTest : public testing::Test {
 protected:
  /// The next request is answered with this.
  void will_answer(std::string_view json) {
    server_.answer_with({ScriptedServer::answer(200, json)});
  }
  /// The newest request: "PATH BODY".
  [[nodiscard]] std::string asked() const {
    const auto requests = server_.requests();
    return requests.back().path + " " + requests.back().body;
  }

  ScriptedServer server_;
  const Client client_{{.url = server_.url(), .api_key = "key", .retry_pause = 0ms}};
};

TEST_F(ClientTest, makes_channels) {
  will_answer(R"({"token":"t","client_id":"ann","expires_at":"2026-01-01T02:00:00Z"})");
  const auto channel = client_.create_channel(ann());
  ASSERT_TRUE(channel) << channel.error().detail;
  EXPECT_EQ(asked(), R"(/v1/create_channel {"client_id":"ann"})");
  EXPECT_EQ(channel->token, "t");
  EXPECT_EQ(channel->client_id, ann());
  EXPECT_EQ(channel->expires_at, client::parse_timestamp("2026-01-01T02:00:00Z"));

  will_answer(R"({"token":"t","client_id":"ann","expires_at":"2026-01-01T02:00:00Z"})");
  ASSERT_TRUE(client_.create_channel(
      ann(), {.duration = 5min, .groups = {red()}, .policy = Policy::reject}));
  EXPECT_EQ(
      asked(),
      R"(/v1/create_channel {"client_id":"ann","duration_minutes":5,"groups":["red"],"policy":"reject"})");
}

TEST_F(ClientTest, sends_to_a_client_id_and_to_a_token) {
  will_answer(kSent);
  const auto sent = client_.send_message(ann(), hello());
  ASSERT_TRUE(sent) << sent.error().detail;
  EXPECT_EQ(asked(), R"(/v1/send_message {"client_id":"ann","message":"hello"})");
  EXPECT_EQ(sent->cursor, at("e-1"));
  EXPECT_EQ(sent->sessions, 2U);

  will_answer(kSent);
  ASSERT_TRUE(client_.send_message(Token{"t"}, *Payload::parse("便\r\n\"")));
  EXPECT_EQ(asked(), R"(/v1/send_message {"client_id":"t","message":"便\r\n\""})");
}

TEST_F(ClientTest, sends_and_waits_for_the_verdict) {
  will_answer(R"({"cursor":"e-1","sessions":1,"repeated":true,"verdict":"delivered"})");
  const auto sent = client_.send_message(ann(), hello(), {.idempotency_key = "k", .wait = 3s});
  ASSERT_TRUE(sent) << sent.error().detail;
  EXPECT_EQ(
      asked(),
      R"(/v1/send_message {"client_id":"ann","message":"hello","idempotency_key":"k","wait":"ack","timeout_s":3})");
  EXPECT_TRUE(sent->is_repeated);
  EXPECT_EQ(sent->verdict, Verdict::delivered);
}

TEST_F(ClientTest, sends_to_groups_and_to_everyone) {
  will_answer(kSent);
  ASSERT_TRUE(client_.send_group(red(), hello(), {.idempotency_key = "k"}));
  EXPECT_EQ(asked(), R"(/v1/send_group {"group":"red","message":"hello","idempotency_key":"k"})");
  will_answer(kSent);
  ASSERT_TRUE(client_.broadcast(hello()));
  EXPECT_EQ(asked(), R"(/v1/broadcast {"message":"hello"})");
}

TEST_F(ClientTest, sends_many_with_a_result_each) {
  will_answer(
      R"({"results":[{"cursor":"e-1","sessions":0},{"error":{"code":"invalid_message","status":400,"detail":"no"}}]})");
  const auto results = client_.batch({{.to = ann(), .message = hello(), .idempotency_key = "k"},
                                      {.to = Token{"t"}, .message = hello()},
                                      {.to = red(), .message = hello()},
                                      {.to = Everyone{}, .message = hello()}});
  ASSERT_TRUE(results) << results.error().detail;
  EXPECT_EQ(asked(),
            R"(/v1/batch {"sends":[{"message":"hello","client_id":"ann","idempotency_key":"k"},)"
            R"({"message":"hello","client_id":"t"},{"message":"hello","group":"red"},)"
            R"({"message":"hello","everyone":true}]})");
  ASSERT_THAT(*results, SizeIs(2));
  EXPECT_EQ((*results)[0]->cursor, at("e-1"));
  EXPECT_EQ((*results)[1].error(), Error::of(ErrorCode::invalid_message, "no"));
}

TEST_F(ClientTest, repeats_sends_with_a_key_and_no_others) {
  const auto attempts = [&](const auto& send) {
    const std::size_t before = server_.requests().size();
    server_.answer_with({std::nullopt, ScriptedServer::answer(503, "Try later"),
                         ScriptedServer::answer(400, R"({"code":"invalid_json","status":400})")});
    EXPECT_FALSE(send());
    return server_.requests().size() - before;
  };
  EXPECT_EQ(attempts([&] { return client_.send_message(ann(), hello()); }), 1U);
  EXPECT_EQ(attempts([&] { return client_.send_group(red(), hello()); }), 1U);
  EXPECT_EQ(attempts([&] { return client_.broadcast(hello()); }), 1U);
  EXPECT_EQ(attempts([&] { return client_.disconnect(ann()); }), 1U);
  const Send keyed{.to = ann(), .message = hello(), .idempotency_key = "k"};
  EXPECT_EQ(attempts([&] {
              return client_.batch({keyed, {.to = ann(), .message = hello()}});
            }),
            1U);

  EXPECT_EQ(attempts([&] { return client_.batch({keyed, keyed}); }), 3U);
  EXPECT_EQ(
      attempts([&] { return client_.send_message(ann(), hello(), {.idempotency_key = "k"}); }), 3U);
  EXPECT_EQ(attempts([&] { return client_.broadcast(hello(), {.idempotency_key = "k"}); }), 3U);
  EXPECT_EQ(attempts([&] { return client_.create_channel(ann()); }), 3U);
  EXPECT_EQ(attempts([&] { return client_.join_group(red(), ann()); }), 3U);
  EXPECT_EQ(attempts([&] { return client_.leave_group(red(), ann()); }), 3U);
  EXPECT_EQ(attempts([&] { return client_.presence(); }), 3U);
  EXPECT_EQ(attempts([&] { return client_.history(ann()); }), 3U);
}

TEST_F(ClientTest, joins_and_leaves) {
  will_answer(R"({"cursor":"e-1","members":3})");
  const auto joined = client_.join_group(red(), ann());
  ASSERT_TRUE(joined) << joined.error().detail;
  EXPECT_EQ(asked(), R"(/v1/join_group {"group":"red","client_id":"ann"})");
  EXPECT_EQ(joined->cursor, at("e-1"));
  EXPECT_EQ(joined->members, 3U);
  will_answer(R"({"cursor":"e-2","members":0})");
  ASSERT_TRUE(client_.leave_group(red(), ann()));
  EXPECT_EQ(asked(), R"(/v1/leave_group {"group":"red","client_id":"ann"})");
}

TEST_F(ClientTest, lists_groups_page_by_page) {
  will_answer(R"({"groups":[{"group":"red","members":3}],"next":"red"})");
  const auto first = client_.groups();
  ASSERT_TRUE(first) << first.error().detail;
  EXPECT_EQ(asked(), R"(/v1/groups {"limit":100})");
  ASSERT_THAT(first->groups, SizeIs(1));
  EXPECT_EQ(first->groups[0].group, red());
  EXPECT_EQ(first->groups[0].members, 3U);
  will_answer(R"({"groups":[],"next":null})");
  const auto last = client_.groups(ann(), {.after = first->next, .limit = 7});
  ASSERT_TRUE(last) << last.error().detail;
  EXPECT_EQ(asked(), R"(/v1/groups {"client_id":"ann","after":"red","limit":7})");
  EXPECT_EQ(last->next, std::nullopt);
}

TEST_F(ClientTest, tells_who_is_here) {
  const char* here =
      R"({"clients":[{"client_id":"ann","sessions":2,"since":"2026-01-01T00:00:00Z"}],"next":"ann","cursor":"e-5"})";
  will_answer(here);
  const auto named = client_.presence({ann(), bob()});
  ASSERT_TRUE(named) << named.error().detail;
  EXPECT_EQ(asked(), R"(/v1/presence {"client_ids":["ann","bob"]})");
  ASSERT_THAT(named->clients, SizeIs(1));
  EXPECT_EQ(named->clients[0].client_id, ann());
  EXPECT_EQ(named->clients[0].sessions, 2U);
  EXPECT_EQ(named->clients[0].since, client::parse_timestamp("2026-01-01T00:00:00Z"));
  EXPECT_EQ(named->next, "ann");
  EXPECT_EQ(named->cursor, at("e-5"));
  will_answer(here);
  ASSERT_TRUE(client_.presence(red(), {.after = "a"}));
  EXPECT_EQ(asked(), R"(/v1/presence {"group":"red","after":"a","limit":100})");
  will_answer(here);
  ASSERT_TRUE(client_.presence());
  EXPECT_EQ(asked(), R"(/v1/presence {"limit":100})");
}

TEST_F(ClientTest, tells_who_came_and_went) {
  will_answer(
      R"({"events":[{"type":"disconnected","client_id":"ann","generation":8,"at":"2026-01-01T00:00:02Z","reason":"lost"}],"cursor":"e-9","more":false,"gap":null})");
  const auto events = client_.presence_events(at("e-5"), 7);
  ASSERT_TRUE(events) << events.error().detail;
  EXPECT_EQ(asked(), R"(/v1/presence {"events_since":"e-5","limit":7})");
  ASSERT_THAT(events->events, SizeIs(1));
  EXPECT_EQ(events->events[0].reason, PresenceEdge::Reason::lost);
  EXPECT_EQ(events->cursor, at("e-9"));
  EXPECT_EQ(events->gap, std::nullopt);
}

TEST_F(ClientTest, disconnects) {
  will_answer(R"({"cursor":"e-1","sessions":2})");
  const auto ended = client_.disconnect(ann());
  ASSERT_TRUE(ended) << ended.error().detail;
  EXPECT_EQ(asked(), R"(/v1/disconnect {"client_id":"ann"})");
  EXPECT_EQ(ended->sessions, 2U);
  will_answer(R"({"cursor":"e-1","sessions":0})");
  ASSERT_TRUE(client_.disconnect(ann(), {.reason = "good night", .tokens = Tokens::revoke}));
  EXPECT_EQ(asked(), R"(/v1/disconnect {"client_id":"ann","reason":"good night","revoke":true})");
}

TEST_F(ClientTest, reads_history) {
  will_answer(
      R"({"messages":[{"cursor":"e-2","message":"two"}],"cursor":"e-2","more":true,"gap":{"from":"e-0","to":"e-1"}})");
  const auto history = client_.history(ann(), {.after = at("e-0"), .limit = 1});
  ASSERT_TRUE(history) << history.error().detail;
  EXPECT_EQ(asked(), R"(/v1/history {"client_id":"ann","after":"e-0","limit":1})");
  ASSERT_THAT(history->messages, SizeIs(1));
  EXPECT_EQ(history->messages[0].cursor, at("e-2"));
  EXPECT_EQ(history->messages[0].message, "two");
  EXPECT_TRUE(history->more);
  EXPECT_EQ(history->gap, (Gap{at("e-0"), at("e-1")}));
  const char* nothing = R"({"messages":[],"cursor":"e-2","more":false,"gap":null})";
  will_answer(nothing);
  EXPECT_THAT(client_.history(red())->messages, IsEmpty());
  EXPECT_EQ(asked(), R"(/v1/history {"group":"red","limit":100})");
  will_answer(nothing);
  EXPECT_EQ(client_.history(Everyone{})->gap, std::nullopt);
  EXPECT_EQ(asked(), R"(/v1/history {"everyone":true,"limit":100})");
}

TEST_F(ClientTest, tells_where_pages_find_the_server) {
  will_answer(R"({"version":"1.2.3","public_url":"https://push.example.org","prefix":"/p/"})");
  const auto server = client_.server();
  ASSERT_TRUE(server) << server.error().detail;
  EXPECT_EQ(asked(), "/v1/server {}");
  EXPECT_EQ(server->version, "1.2.3");
  EXPECT_EQ(server->public_url, "https://push.example.org");
  EXPECT_EQ(server->prefix, "/p/");
}

TEST_F(ClientTest, says_so_when_an_answer_lacks_something) {
  will_answer(R"({"cursor":"e-1"})");
  const auto sent = client_.send_message(ann(), hello());
  ASSERT_FALSE(sent);
  EXPECT_TRUE(sent.error().is_unanswered);
}

TEST_F(ClientTest, is_used_by_many_threads_over_few_connections) {
  constexpr std::size_t kThreads = 8;
  constexpr std::size_t kEach = 25;
  server_.answer_with(ScriptedServer::Script(kThreads * kEach, ScriptedServer::answer(200, kSent)));
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < kThreads; ++i) {
      threads.emplace_back([this] {
        for (std::size_t sent = 0; sent < kEach; ++sent)
          EXPECT_TRUE(client_.send_message(ann(), hello()));
      });
    }
  }
  const auto requests = server_.requests();
  EXPECT_THAT(requests, SizeIs(kThreads * kEach));
  for (const auto& request : requests) EXPECT_LT(request.connection, kThreads);
}

TEST_F(ClientTest, moves) {
  Client one({.url = server_.url()});
  Client other = std::move(one);
  will_answer(kSent);
  EXPECT_TRUE(other.broadcast(hello()));
}

}  // namespace
}  // namespace tayori
