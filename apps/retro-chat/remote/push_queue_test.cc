#include "remote/push_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace retrochat {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Step = PushQueue::Step;

class PushQueueTest : public ::testing::Test {
 protected:
  PushQueueTest()
      : queue({send(), disconnect()}, "run", {.pushes = 3, .disconnects = 2, .rooms = 2},
              [this](std::string_view why) { complaints.emplace_back(why); }) {}

  void push(const std::string& room, const std::string& message) {
    queue.push(*tayori::GroupName::parse(room), *tayori::Payload::parse(message));
  }
  void end(const std::string& who) { queue.disconnect(*tayori::ClientId::parse(who)); }
  void ask(const std::string& room) { queue.ask(*tayori::GroupName::parse(room)); }
  /// All steps that something comes of.
  std::vector<std::string> carried_out() {
    told.clear();
    while (queue.step() == Step::done) {
    }
    return told;
  }

  /// What Tayori took, or was offered when `error` is set.
  std::vector<std::string> told;
  std::vector<std::string> keys;
  std::vector<std::string> complaints;
  std::optional<tayori::Error> error;
  bool can_revoke_no_more = false;
  std::function<void()> during_call = [] {};
  PushQueue queue;

 private:
  tayori::Outcome answer(std::string what) {
    told.push_back(std::move(what));
    std::exchange(during_call, [] {})();
    if (error) return *error;
    return tayori::success();
  }
  decltype(PushQueue::Calls::send_group) send() {
    return [this](const tayori::GroupName& room, const tayori::Payload& message,
                  const std::string& key) {
      keys.push_back(key);
      return answer(room.text() + ": " + message.text());
    };
  }
  decltype(PushQueue::Calls::disconnect) disconnect() {
    return [this](const tayori::ClientId& who, tayori::Tokens tokens) {
      const bool revokes = tokens == tayori::Tokens::revoke;
      auto ended = answer("end " + who.text() + (revokes ? "" : ", tokens kept"));
      if (ended && revokes && can_revoke_no_more)
        return tayori::Outcome(tayori::Error::of(tayori::ErrorCode::overloaded, "too many"));
      return ended;
    };
  }
};

const tayori::Error kAway = tayori::Error::unanswered("nobody there");

TEST_F(PushQueueTest, tells_things_in_their_order) {
  EXPECT_EQ(queue.step(), Step::idle);
  push("a", "1");
  end("ann");
  push("b", "2");
  EXPECT_THAT(carried_out(), ElementsAre("a: 1", "end ann", "b: 2"));
  EXPECT_EQ(queue.step(), Step::idle);
}

TEST_F(PushQueueTest, tries_the_same_with_the_same_key_until_it_is_taken) {
  push("a", "1");
  push("a", "2");
  error = kAway;
  EXPECT_EQ(queue.step(), Step::again);
  EXPECT_EQ(queue.step(), Step::again);
  error.reset();
  EXPECT_THAT(carried_out(), ElementsAre("a: 1", "a: 2"));
  EXPECT_THAT(keys, ElementsAre("run-1", "run-1", "run-1", "run-2"));
}

TEST_F(PushQueueTest, says_once_that_tayori_is_away_and_once_that_it_is_back) {
  push("a", "1");
  push("a", "2");
  error = kAway;
  EXPECT_EQ(queue.step(), Step::again);
  EXPECT_EQ(queue.step(), Step::again);
  error.reset();
  (void)carried_out();
  EXPECT_THAT(complaints, ElementsAre("Tayori takes no pushes at the moment: nobody there",
                                      "Tayori takes pushes again"));
}

TEST_F(PushQueueTest, waits_for_a_tayori_that_has_its_hands_full_or_another_key) {
  push("a", "1");
  for (const auto code : {tayori::ErrorCode::overloaded, tayori::ErrorCode::shutting_down,
                          tayori::ErrorCode::unauthorized}) {
    error = tayori::Error::of(code);
    EXPECT_EQ(queue.step(), Step::again);
  }
  error.reset();
  EXPECT_EQ(queue.step(), Step::done);
}

TEST_F(PushQueueTest, gives_up_what_will_never_be_taken_and_has_the_room_ask) {
  push("a", "1");
  push("b", "2");
  error = tayori::Error::of(tayori::ErrorCode::invalid_message, "too long");
  EXPECT_EQ(queue.step(), Step::done);
  EXPECT_THAT(complaints, ElementsAre("Tayori does not take a push: too long"));
  error.reset();
  EXPECT_THAT(carried_out(), ElementsAre(R"(a: {"notice":"ask"})", "b: 2"));
}

TEST_F(PushQueueTest, drops_the_oldest_pushes_when_full_and_has_their_rooms_ask_first) {
  error = kAway;
  end("ann");
  push("a", "1");
  push("b", "2");
  push("b", "3");
  push("c", "4");
  EXPECT_EQ(queue.step(), Step::again);
  error.reset();
  EXPECT_THAT(carried_out(),
              ElementsAre("end ann", R"(a: {"notice":"ask"})", "b: 2", "b: 3", "c: 4"));
}

TEST_F(PushQueueTest, asks_a_room_once_however_much_it_missed) {
  for (int i = 0; i < 6; ++i) push("a", "x");
  EXPECT_THAT(carried_out(), ElementsAre(R"(a: {"notice":"ask"})", "a: x", "a: x", "a: x"));
}

TEST_F(PushQueueTest, asks_again_when_the_asking_was_not_taken) {
  ask("a");
  error = kAway;
  EXPECT_EQ(queue.step(), Step::again);
  EXPECT_EQ(queue.step(), Step::again);
  error.reset();
  EXPECT_THAT(carried_out(), ElementsAre(R"(a: {"notice":"ask"})"));
  EXPECT_EQ(queue.step(), Step::idle);
}

TEST_F(PushQueueTest, remembers_a_room_that_misses_more_while_it_is_asked) {
  ask("a");
  during_call = [this] {
    for (int i = 0; i < 4; ++i) push("a", "x");
  };
  EXPECT_THAT(carried_out(), ElementsAre(R"(a: {"notice":"ask"})", R"(a: {"notice":"ask"})", "a: x",
                                         "a: x", "a: x"));
}

TEST_F(PushQueueTest, lets_a_push_give_way_that_is_under_way) {
  push("a", "1");
  during_call = [this] {
    for (const char* message : {"2", "3", "4"}) push("b", message);
  };
  EXPECT_THAT(carried_out(), ElementsAre("a: 1", R"(a: {"notice":"ask"})", "b: 2", "b: 3", "b: 4"));
}

TEST_F(PushQueueTest, keeps_one_disconnect_a_client_id_the_latest) {
  end("ann");
  push("a", "1");
  end("ann");
  EXPECT_THAT(carried_out(), ElementsAre("a: 1", "end ann"));
}

TEST_F(PushQueueTest, ends_pages_whose_tokens_can_be_made_void_no_more_and_goes_on) {
  can_revoke_no_more = true;
  end("ann");
  push("a", "1");
  EXPECT_THAT(carried_out(), ElementsAre("end ann", "end ann, tokens kept", "a: 1"));
  EXPECT_THAT(complaints, ElementsAre(HasSubstr("too many")));
}

TEST_F(PushQueueTest, lets_a_refused_disconnect_be_overtaken_by_a_later_one) {
  can_revoke_no_more = true;
  end("ann");
  during_call = [this] { end("ann"); };
  EXPECT_THAT(carried_out(), ElementsAre("end ann", "end ann", "end ann, tokens kept"));
}

TEST_F(PushQueueTest, waits_with_a_disconnect_while_everything_is_refused) {
  end("ann");
  error = tayori::Error::of(tayori::ErrorCode::overloaded);
  EXPECT_EQ(queue.step(), Step::done);
  EXPECT_EQ(queue.step(), Step::again);
  error.reset();
  EXPECT_THAT(carried_out(), ElementsAre("end ann, tokens kept"));
}

TEST_F(PushQueueTest, complains_when_a_disconnect_has_to_give_way) {
  for (const char* who : {"ann", "bob", "eve"}) end(who);
  EXPECT_THAT(carried_out(), ElementsAre("end bob", "end eve"));
  EXPECT_EQ(complaints.size(), 1U);
}

TEST_F(PushQueueTest, remembers_so_many_rooms_and_no_more) {
  for (const char* room : {"a", "b", "c"}) ask(room);
  EXPECT_THAT(carried_out(), ElementsAre(R"(a: {"notice":"ask"})", R"(b: {"notice":"ask"})"));
}

TEST_F(PushQueueTest, wakes_whoever_waits) {
  std::stop_source stop;
  push("a", "1");
  queue.wait(stop.get_token());
  (void)carried_out();
  stop.request_stop();
  queue.wait(stop.get_token());
}

}  // namespace
}  // namespace retrochat
