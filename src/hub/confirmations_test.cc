#include "hub/confirmations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "hub/hub_fixture.h"

namespace tayori::hub {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

ClientId client(std::string_view name) { return *ClientId::parse(name); }

class ConfirmationsTest : public testing::Test {
 protected:
  /// `name` hears its number with the verdict.
  void await(std::string_view name, std::uint64_t number, std::chrono::seconds wait = 10s) {
    confirmations_.await(client(name), {number}, now_ + wait, [this, number](Verdict verdict) {
      answers_.push_back(std::to_string(number) + " " + std::string(word(verdict)));
    });
  }
  std::vector<std::string> answers() { return std::exchange(answers_, {}); }

  std::set<std::string> here_{"ann", "bob"};
  Confirmations confirmations_{
      [this](const ClientId& client_id) { return here_.contains(client_id.text()); }};
  const Confirmations::Time now_{1h};
  std::vector<std::string> answers_;
};

TEST_F(ConfirmationsTest, tell_of_delivery_when_a_page_has_come_to_the_number) {
  await("ann", 7);
  confirmations_.confirm("ann", {6});
  EXPECT_THAT(answers(), IsEmpty());
  confirmations_.confirm("ann", {7});
  EXPECT_THAT(answers(), ElementsAre("7 delivered"));
}

TEST_F(ConfirmationsTest, tell_of_delivery_when_a_page_has_come_further) {
  await("ann", 7);
  confirmations_.confirm("ann", {8});
  EXPECT_THAT(answers(), ElementsAre("7 delivered"));
}

TEST_F(ConfirmationsTest, answer_once) {
  await("ann", 7);
  confirmations_.confirm("ann", {7});
  confirmations_.confirm("ann", {7});
  confirmations_.expire(now_ + 1h);
  confirmations_.end();
  EXPECT_THAT(answers(), ElementsAre("7 delivered"));
  await("ann", 8);
  confirmations_.expire(now_ + 1h);
  confirmations_.confirm("ann", {8});
  EXPECT_THAT(answers(), ElementsAre("8 queued"));
}

TEST_F(ConfirmationsTest, tell_all_that_a_page_has_come_past_and_no_other) {
  for (const std::uint64_t number : {9, 7, 8, 10}) await("ann", number);
  await("bob", 7);
  confirmations_.confirm("ann", {8});
  EXPECT_THAT(answers(), UnorderedElementsAre("7 delivered", "8 delivered"));
  confirmations_.confirm("bob", {7});
  EXPECT_THAT(answers(), ElementsAre("7 delivered"));
  confirmations_.confirm("ann", {10});
  EXPECT_THAT(answers(), UnorderedElementsAre("9 delivered", "10 delivered"));
}

TEST_F(ConfirmationsTest, take_the_word_of_the_clients_own_pages_only) {
  await("ann", 7);
  for (const char* other : {"bob", "an", "anna", ""}) confirmations_.confirm(other, {7});
  EXPECT_THAT(answers(), IsEmpty());
}

TEST_F(ConfirmationsTest, tell_at_the_deadline_whether_somebody_is_here) {
  await("ann", 7);
  await("cid", 8);
  confirmations_.expire(now_ + 10s - 1ns);
  EXPECT_THAT(answers(), IsEmpty());
  confirmations_.expire(now_ + 10s);
  EXPECT_THAT(answers(), UnorderedElementsAre("7 queued", "8 no_session"));
}

TEST_F(ConfirmationsTest, look_who_is_here_at_the_deadline_and_not_before) {
  await("ann", 7);
  await("cid", 8);
  here_ = {"cid"};
  confirmations_.expire(now_ + 10s);
  EXPECT_THAT(answers(), UnorderedElementsAre("7 no_session", "8 queued"));
}

TEST_F(ConfirmationsTest, have_each_a_deadline_of_its_own) {
  await("ann", 7, 30s);
  await("ann", 8, 10s);
  await("bob", 9, 20s);
  confirmations_.expire(now_ + 10s);
  EXPECT_THAT(answers(), ElementsAre("8 queued"));
  confirmations_.expire(now_ + 20s);
  EXPECT_THAT(answers(), ElementsAre("9 queued"));
  confirmations_.confirm("ann", {7});
  EXPECT_THAT(answers(), ElementsAre("7 delivered"));
}

TEST_F(ConfirmationsTest, answer_all_at_the_end) {
  await("ann", 7, 10s);
  await("bob", 8, 1'000s);
  await("cid", 9, 10s);
  confirmations_.end();
  EXPECT_THAT(answers(), UnorderedElementsAre("7 queued", "8 queued", "9 no_session"));
  EXPECT_FALSE(confirmations_.awaits("ann"));
  confirmations_.end();
  EXPECT_THAT(answers(), IsEmpty());
}

TEST_F(ConfirmationsTest, know_whose_pages_are_to_be_asked) {
  EXPECT_FALSE(confirmations_.awaits("ann"));
  await("ann", 7);
  await("ann", 8);
  await("bob", 9, 20s);
  EXPECT_TRUE(confirmations_.awaits("ann"));
  EXPECT_TRUE(confirmations_.awaits("bob"));
  EXPECT_FALSE(confirmations_.awaits("cid"));
  confirmations_.confirm("ann", {7});
  EXPECT_TRUE(confirmations_.awaits("ann")) << "of the other message";
  confirmations_.confirm("ann", {8});
  EXPECT_FALSE(confirmations_.awaits("ann"));
  confirmations_.expire(now_ + 20s);
  EXPECT_FALSE(confirmations_.awaits("bob"));
}

TEST_F(ConfirmationsTest, answer_without_a_lock_so_that_what_is_told_may_wait_again) {
  int told = 0;
  const auto wait_again = [&](Verdict) {
    ++told;
    EXPECT_FALSE(confirmations_.awaits("ann"));
    await("ann", 8);
  };
  confirmations_.await(client("ann"), {7}, now_, wait_again);
  confirmations_.confirm("ann", {7});
  EXPECT_EQ(told, 1);
  EXPECT_THAT(answers(), IsEmpty()) << "what waits since then is not answered by this";
  confirmations_.confirm("ann", {8});
  EXPECT_THAT(answers(), ElementsAre("8 delivered"));
  confirmations_.await(client("ann"), {7}, now_, wait_again);
  confirmations_.expire(now_);
  EXPECT_EQ(told, 2);
  EXPECT_THAT(answers(), IsEmpty());
  confirmations_.expire(now_ + 10s);
  EXPECT_THAT(answers(), ElementsAre("8 queued"));
}

TEST_F(ConfirmationsTest, answer_at_once_after_the_end) {
  confirmations_.end();
  await("ann", 7);
  EXPECT_THAT(answers(), ElementsAre("7 queued"));
  await("cid", 8);
  EXPECT_THAT(answers(), ElementsAre("8 no_session"));
  EXPECT_FALSE(confirmations_.awaits("ann"));
}

TEST_F(ConfirmationsTest, ask_without_a_lock_who_is_here) {
  Confirmations* asked = nullptr;
  Confirmations confirmations([&](const ClientId&) { return !asked->awaits("ann"); });
  asked = &confirmations;
  std::vector<Verdict> verdicts;
  confirmations.await(client("ann"), {7}, now_, [&](Verdict told) { verdicts.push_back(told); });
  confirmations.expire(now_);
  EXPECT_THAT(verdicts, ElementsAre(Verdict::queued));
}

class ConfirmationsAtTheEnd : public HubTest {};

TEST_F(ConfirmationsAtTheEnd, let_no_backend_wait_for_pages_that_have_been_sent_away) {
  start();
  open("ann");
  std::vector<Verdict> verdicts;
  hub_->publish({broker::Topic::of(client("ann")), *Payload::parse("x"), {}, 60s},
                [&](const Result<Sent>& sent) { verdicts.push_back(sent->verdict.value()); });
  turn();
  EXPECT_THAT(verdicts, IsEmpty());
  loop_hub().drain();
  EXPECT_THAT(verdicts, ElementsAre(Verdict::queued)) << "her page may come back to another server";
}

TEST(ConfirmationsThreads, answer_each_exactly_once_whoever_comes_first) {
  constexpr std::size_t kEach = 2'000;
  constexpr std::size_t kWaiters = 2;
  const Confirmations::Time now{1h};
  Confirmations confirmations([](const ClientId&) { return true; });
  std::array<std::atomic<int>, kEach * kWaiters> answers{};
  std::atomic<bool> is_over{false};
  const auto wait = [&](std::size_t first) {
    for (std::size_t i = first; i < first + kEach; ++i)
      confirmations.await(client("ann"), {i % 16 + 1}, now + std::chrono::seconds(i % 3),
                          [&answer = answers[i]](Verdict) { ++answer; });
  };
  const auto until_over = [&](auto act) {
    return std::thread([&is_over, act] {
      for (std::uint64_t i = 0; !is_over; ++i) act(i);
    });
  };
  std::vector<std::thread> answering;
  answering.push_back(until_over([&](auto i) { confirmations.confirm("ann", {i % 16}); }));
  answering.push_back(
      until_over([&](auto i) { confirmations.expire(now + std::chrono::seconds(i % 2)); }));
  answering.push_back(until_over([&](auto) {
    static_cast<void>(confirmations.awaits("ann"));
    std::this_thread::yield();
  }));
  std::vector<std::thread> waiting;
  for (std::size_t i = 0; i < kWaiters; ++i) waiting.emplace_back(wait, i * kEach);
  for (std::thread& thread : waiting) thread.join();
  is_over = true;
  // Together with the last of the others.
  confirmations.end();
  for (std::thread& thread : answering) thread.join();
  EXPECT_FALSE(confirmations.awaits("ann"));
  for (std::size_t i = 0; i < answers.size(); ++i) ASSERT_EQ(answers[i], 1) << i;
}

}  // namespace
}  // namespace tayori::hub
