#include "client/answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "client/timestamp.h"

namespace tayori::client {
namespace {

using testing::SizeIs;

boost::json::object object(std::string_view json) {
  return base::parse_json(json).value->get_object();
}

/// Every object that lacks one of the members of `whole`, and `whole` with one that nobody knows.
template <typename Read>
void expect_needs_all_but(const std::string& whole, std::vector<std::string> optional, Read read) {
  auto more = object(whole);
  more["unheard_of"] = 1;
  EXPECT_TRUE(read(more));
  for (const auto& member : object(whole)) {
    auto less = object(whole);
    less.erase(member.key());
    const bool is_optional = std::ranges::count(optional, std::string(member.key())) > 0;
    EXPECT_EQ(read(less).has_value(), is_optional) << member.key();
    auto other = object(whole);
    other[member.key()] = boost::json::object();
    EXPECT_EQ(read(other).has_value(), is_optional) << member.key();
  }
}

TEST(Answers, give_errors_their_codes_by_name) {
  for (const ErrorFacts& row : kErrorFacts) {
    const auto error = read_problem({{"code", row.name}, {"status", 400}, {"detail", "why"}});
    ASSERT_TRUE(error);
    EXPECT_EQ(facts(error->code).name, row.name);
    EXPECT_EQ(error->detail, "why");
    EXPECT_FALSE(error->is_unanswered);
  }
  EXPECT_EQ(*read_problem({{"code", "not_found"}, {"status", 404}}),
            Error::of(ErrorCode::not_found));
}

TEST(Answers, tell_errors_they_do_not_know_by_whose_fault_they_are) {
  EXPECT_EQ(*read_problem({{"code", "too_blue"}, {"status", 400}, {"detail", "It is blue."}}),
            Error::of(ErrorCode::invalid_request, "too_blue: It is blue."));
  EXPECT_EQ(*read_problem({{"code", "too_blue"}, {"status", 503}}),
            Error::of(ErrorCode::internal_error, "too_blue"));
}

TEST(Answers, take_nothing_else_for_a_problem) {
  EXPECT_FALSE(read_problem({{"error", "no route"}}));
  EXPECT_FALSE(read_problem({{"code", 7}, {"status", 404}}));
  EXPECT_FALSE(read_problem({{"code", "not_found"}}));
}

TEST(Answers, need_what_they_are_made_of) {
  expect_needs_all_but(R"({"token":"t","client_id":"ann","expires_at":"2026-01-01T00:00:00Z"})", {},
                       &read_channel);
  expect_needs_all_but(R"({"cursor":"e-1","sessions":2,"repeated":true,"verdict":"queued"})",
                       {"repeated", "verdict"}, &read_sent);
  expect_needs_all_but(R"({"cursor":"e-1","members":2})", {}, &read_membership);
  expect_needs_all_but(R"({"groups":[{"group":"red","members":2}],"next":"red"})", {"next"},
                       &read_groups);
  expect_needs_all_but(
      R"({"clients":[{"client_id":"ann","sessions":1,"since":"2026-01-01T00:00:00Z"}],"next":null,"cursor":"e-1"})",
      {"next"}, &read_present);
  expect_needs_all_but(
      R"({"events":[{"type":"connected","client_id":"ann","generation":1,"at":"2026-01-01T00:00:00Z"}],"cursor":"e-1","more":false,"gap":null})",
      {}, &read_presence_events);
  expect_needs_all_but(R"({"cursor":"e-1","sessions":2})", {}, &read_disconnected);
  expect_needs_all_but(
      R"({"messages":[{"cursor":"e-1","message":"m"}],"cursor":"e-1","more":true,"gap":{"from":"e-0","to":"e-1"}})",
      {}, &read_history);
  expect_needs_all_but(R"({"results":[{"cursor":"e-1","sessions":0}]})", {}, &read_batch);
  expect_needs_all_but(R"({"version":"1.2.3","public_url":"http://a","prefix":"/p/"})", {},
                       &read_server);
}

TEST(Answers, need_each_item_of_a_list_to_be_good) {
  for (const char* json : {R"({"groups":[{"group":"red"}],"next":null})",
                           R"({"groups":[{"group":"","members":1}],"next":null})",
                           R"({"groups":["red"],"next":null})"}) {
    EXPECT_FALSE(read_groups(object(json))) << json;
  }
  EXPECT_FALSE(read_batch(object(R"({"results":[{"error":"no"}]})")));
  EXPECT_FALSE(read_sent(object(R"({"cursor":"e-1","sessions":-1})")));
  EXPECT_FALSE(read_sent(object(R"({"cursor":"e-1","sessions":1.5})")));
  EXPECT_FALSE(read_sent(object(R"({"cursor":"E 1","sessions":1})")));
}

TEST(Answers, tell_a_verdict_and_a_repeated_send) {
  const auto plain = read_sent(object(R"({"cursor":"e-1","sessions":0})"));
  EXPECT_FALSE(plain->is_repeated);
  EXPECT_EQ(plain->verdict, std::nullopt);
  const auto told =
      read_sent(object(R"({"cursor":"e-1","sessions":0,"repeated":true,"verdict":"no_session"})"));
  EXPECT_TRUE(told->is_repeated);
  EXPECT_EQ(told->verdict, Verdict::no_session);
}

TEST(Answers, tell_edges) {
  const auto told = read_presence_events(object(R"({"events":[
      {"type":"connected","client_id":"ann","generation":7,"at":"2026-01-01T00:00:01Z"},
      {"type":"disconnected","client_id":"ann","generation":8,"at":"2026-01-01T00:00:02Z","reason":"replaced"},
      {"type":"disconnected","client_id":"ann","generation":9,"at":"2026-01-01T00:00:03Z","reason":"unheard_of"}],
      "cursor":"e-3","more":true,"gap":{"from":"e-0","to":"e-1"}})"));
  ASSERT_TRUE(told);
  ASSERT_THAT(told->events, SizeIs(3));
  EXPECT_EQ(told->events[0].kind, PresenceEdge::Kind::connected);
  EXPECT_EQ(told->events[0].generation, 7U);
  EXPECT_EQ(told->events[0].at, *parse_timestamp("2026-01-01T00:00:01Z"));
  EXPECT_EQ(told->events[1].kind, PresenceEdge::Kind::disconnected);
  EXPECT_EQ(told->events[1].reason, PresenceEdge::Reason::replaced);
  EXPECT_EQ(told->events[2].reason, PresenceEdge::Reason::none);
  EXPECT_TRUE(told->more);
  EXPECT_EQ(told->gap, (Gap{*Cursor::parse("e-0"), *Cursor::parse("e-1")}));
}

}  // namespace
}  // namespace tayori::client
