#include "reposts/poster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "store/store_for_tests.h"
#include "text/limits.h"

namespace retrochat {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string key_of(const WebRequest& request) {
  const auto found =
      std::ranges::find(request.fields, std::string("Idempotency-Key"), &tayori::HttpField::name);
  return found == request.fields.end() ? "none" : found->value;
}

class PosterTest : public ::testing::Test {
 protected:
  PosterTest() {
    store.happen(room, ann, EventKind::enter);
    place(RepostKind::mastodon, "https://m.example");
    EXPECT_TRUE(table.turn(room.id, RepostsTable::Switch::on));
  }
  void place(RepostKind kind, const std::string& address) {
    EXPECT_TRUE(table.set_target(room.id, {kind, address, "public", box.seal("token")}));
  }
  void say(const std::string& line) { store.happen(room, ann, EventKind::speak, line); }
  WebResult send(const WebRequest& post) {
    sent.push_back(post);
    return answer;
  }
  void answers(int status, std::string body = "") { answer = WebAnswer{status, std::move(body)}; }
  std::vector<Repost> outcomes() { return *table.newest(room.id, 20); }
  std::string paused() { return (*table.target(room.id))->paused; }

  StoreForTests store;
  RepostsTable table{*store.database};
  SecretBox box{"key"};
  const Account ann = store.add_account("ann");
  const Room room = store.add_room(ann);
  WebResult answer = WebAnswer{200, R"({"id":"7","url":"https://m.example/@a/7"})"};
  std::vector<WebRequest> sent;
  Poster poster{table,
                box,
                {},
                {store.time.clock(), [] { return 0.0; },
                 [this](const WebRequest& post) { return send(post); }}};
};

TEST_F(PosterTest, posts_each_line_once_and_in_order) {
  say("one");
  say("two");
  while (poster.step()) {
  }
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[0].url, "https://m.example/api/v1/statuses");
  EXPECT_THAT(sent[0].body, HasSubstr("one"));
  EXPECT_THAT(sent[1].body, HasSubstr("two"));
  EXPECT_NE(key_of(sent[0]), key_of(sent[1]));
  EXPECT_EQ(outcomes()[0].state, RepostState::posted);
  EXPECT_EQ(table.with_url(room.id)->at(0).url, "https://m.example/@a/7");
}

TEST_F(PosterTest, tries_again_later_with_the_same_key_and_keeps_the_order) {
  say("one");
  say("two");
  answers(503);
  EXPECT_TRUE(poster.step());
  EXPECT_FALSE(poster.step()) << "the second line waits for the first";
  store.time.pass(seconds{1});
  EXPECT_FALSE(poster.step());
  store.time.pass(seconds{1});
  EXPECT_TRUE(poster.step());
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(key_of(sent[0]), key_of(sent[1]));
  EXPECT_EQ(sent[0].body, sent[1].body);
}

TEST_F(PosterTest, waits_as_long_as_the_service_asks_for) {
  say("one");
  answer = WebAnswer{.status = 429, .retry_after = seconds{900}};
  poster.step();
  store.time.pass(seconds{899});
  EXPECT_FALSE(poster.step());
  store.time.pass(seconds{1});
  EXPECT_TRUE(poster.step());
}

TEST_F(PosterTest, never_waits_longer_than_five_minutes_by_itself) {
  say("one");
  answers(500);
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(poster.step());
    store.time.pass(limits::kRepostLongestPause);
  }
}

TEST_F(PosterTest, rests_after_a_refused_token_until_the_owner_saves_again) {
  say("one");
  say("two");
  answers(401);
  EXPECT_TRUE(poster.step());
  EXPECT_FALSE(poster.step());
  EXPECT_EQ(paused(), "http_401");
  place(RepostKind::mastodon, "https://m.example");
  answers(200, R"x({"id":"8","url":"javascript:alert(1)"})x");
  EXPECT_TRUE(poster.step());
  EXPECT_THAT(sent.back().body, HasSubstr("two"));
  EXPECT_EQ(outcomes()[0].url, "") << "only web addresses are kept";
}

TEST_F(PosterTest, a_test_that_arrives_ends_the_rest) {
  say("one");
  answers(403);
  poster.step();
  say("two");
  answers(200, R"({"id":"9"})");
  EXPECT_FALSE(poster.step());
  EXPECT_TRUE(table.add_test(room.id, "ann", "test", store.time.now()));
  EXPECT_TRUE(poster.step());
  EXPECT_TRUE(poster.step());
  EXPECT_THAT(sent.back().body, HasSubstr("two"));
}

TEST_F(PosterTest, gives_up_after_a_day) {
  say("one");
  store.time.pass(limits::kRepostGivenUp + seconds{1});
  EXPECT_FALSE(poster.step());
  EXPECT_EQ(outcomes()[0].reason, "too_old");
  EXPECT_EQ(table.counts(room.id)->given_up, 1);
}

TEST_F(PosterTest, what_waited_goes_nowhere_else) {
  say("one");
  place(RepostKind::webhook, "https://other.example/");
  EXPECT_FALSE(poster.step());
  say("two");
  EXPECT_TRUE(table.turn(room.id, RepostsTable::Switch::off));
  EXPECT_TRUE(table.turn(room.id, RepostsTable::Switch::on));
  EXPECT_FALSE(poster.step());
  EXPECT_TRUE(sent.empty());
}

TEST_F(PosterTest, a_line_under_way_when_the_program_ends_is_posted_again) {
  say("one");
  std::stop_source stop;
  stop.request_stop();
  answer = WebFailure{"the program ends"};
  poster.step(stop.get_token());
  EXPECT_EQ(outcomes()[0].attempts, 0);
  answers(200, R"({"id":"7"})");
  EXPECT_TRUE(poster.step());
  EXPECT_EQ(key_of(sent[0]), key_of(sent[1]));
}

TEST_F(PosterTest, sends_no_line_again_and_again_when_the_store_cannot_note_it) {
  say("one");
  const WebResult good = answer;
  Poster unlucky(table, box, {},
                 {store.time.clock(), [] { return 0.0; },
                  [&](const WebRequest& post) {
                    store.run("PRAGMA query_only = on");
                    store.may_complain = true;
                    return send(post);
                  }});
  EXPECT_TRUE(unlucky.step());
  store.run("PRAGMA query_only = off");
  store.may_complain = false;
  EXPECT_FALSE(unlucky.step());
  EXPECT_EQ(sent.size(), 1U);
  store.time.pass(limits::kRepostLongestPause);
  answer = good;
  EXPECT_TRUE(unlucky.step());
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(key_of(sent[0]), key_of(sent[1]));
  store.run("PRAGMA query_only = off");
}

TEST_F(PosterTest, what_became_of_an_old_token_says_nothing_of_a_new_one) {
  say("one");
  Poster slow(table, box, {},
              {store.time.clock(), [] { return 0.0; },
               [&](const WebRequest&) -> WebResult {
                 place(RepostKind::mastodon, "https://m.example");
                 return WebAnswer{401};
               }});
  EXPECT_TRUE(slow.step());
  EXPECT_EQ(paused(), "");
  EXPECT_EQ(outcomes()[0].state, RepostState::refused);
}

TEST_F(PosterTest, what_was_given_up_while_under_way_stays_so_unless_it_was_posted) {
  for (const int status : {503, 400, 200}) {
    say("one");
    Poster slow(table, box, {},
                {store.time.clock(), [] { return 0.0; },
                 [&](const WebRequest&) -> WebResult {
                   EXPECT_TRUE(table.turn(room.id, RepostsTable::Switch::off));
                   return WebAnswer{status, R"({"id":"7"})"};
                 }});
    EXPECT_TRUE(slow.step());
    EXPECT_EQ(outcomes()[0].state, status == 200 ? RepostState::posted : RepostState::given_up);
    EXPECT_TRUE(table.turn(room.id, RepostsTable::Switch::on));
  }
}

TEST_F(PosterTest, a_long_queue_costs_no_more_to_ask_than_a_short_one) {
  say("first");
  answers(503);
  EXPECT_TRUE(poster.step());
  const int alone = store.steps_of([&] { EXPECT_FALSE(poster.step()); });
  for (std::uint32_t i = 1; i < limits::kRepostsWaiting; ++i) say("line");
  EXPECT_LE(store.steps_of([&] { EXPECT_FALSE(poster.step()); }), alone + 20);
}

TEST_F(PosterTest, one_test_waits_at_a_time) {
  EXPECT_TRUE(table.add_test(room.id, "ann", "first test", store.time.now()));
  EXPECT_TRUE(table.add_test(room.id, "ann", "second test", store.time.now()));
  EXPECT_TRUE(poster.step());
  EXPECT_FALSE(poster.step());
  EXPECT_TRUE(table.add_test(room.id, "ann", "third test", store.time.now()));
  EXPECT_TRUE(poster.step());
}

TEST_F(PosterTest, keeps_the_newest_of_what_waits) {
  for (std::uint32_t i = 0; i < limits::kRepostsWaiting + 3; ++i) say("line");
  EXPECT_EQ(table.counts(room.id)->waiting, limits::kRepostsWaiting);
  EXPECT_EQ(table.counts(room.id)->given_up, 3);
}

TEST_F(PosterTest, keeps_the_newest_of_what_was_given_up_while_the_service_rests) {
  const std::uint32_t most = limits::kRepostsWaiting + limits::kRepostsGivenUpKept;
  for (std::uint32_t i = 0; i < most + 3; ++i) say("line");
  EXPECT_EQ(table.counts(room.id)->waiting, limits::kRepostsWaiting);
  EXPECT_EQ(table.counts(room.id)->given_up, limits::kRepostsGivenUpKept);
  EXPECT_EQ(table.newest(room.id, most + 3)->size(), most);
}

TEST_F(PosterTest, asks_x_no_second_time_for_what_it_has) {
  place(RepostKind::x, "");
  say("one");
  answers(403, R"({"detail":"You are not allowed to create a Tweet with duplicate content."})");
  EXPECT_TRUE(poster.step());
  EXPECT_EQ(outcomes()[0].reason, "repetition");
  EXPECT_EQ(paused(), "");
  say("two");
  answers(201, R"({"data":{"id":"144","text":"ann: two"}})");
  EXPECT_TRUE(poster.step());
  EXPECT_EQ(sent.back().body, R"({"text":"ann: two"})");
  EXPECT_EQ(outcomes()[0].url, "https://x.com/i/status/144");
}

TEST_F(PosterTest, a_lost_key_is_said_and_sends_nothing) {
  say("one");
  const SecretBox other("another key");
  Poster stranger(table, other, {},
                  {store.time.clock(), [] { return 0.0; },
                   [this](const WebRequest& post) { return send(post); }});
  EXPECT_TRUE(stranger.step());
  EXPECT_TRUE(sent.empty());
  EXPECT_EQ(paused(), "secret_lost");
}

}  // namespace
}  // namespace retrochat
