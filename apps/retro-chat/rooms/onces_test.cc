#include "rooms/onces.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "store/store_for_tests.h"
#include "text/limits.h"

namespace retrochat {
namespace {

class OncesTest : public ::testing::Test {
 protected:
  Done take(const Account& who, std::string_view word, Done answer = done(),
            std::string_view content = "x") {
    return onces.take(who, Once::parse(word), content, time.now(), [&] {
      ++acts;
      return answer;
    });
  }

  Onces onces;
  ManualClock time;
  std::atomic<int> acts = 0;
  const Account ann{AccountId{1}, "ann"};
  const Account bob{AccountId{2}, "bob"};
};

TEST_F(OncesTest, do_a_form_once_that_is_sent_twice) {
  EXPECT_TRUE(take(ann, "a"));
  EXPECT_TRUE(take(ann, "a"));
  EXPECT_EQ(acts, 1);
}

TEST_F(OncesTest, do_a_form_again_whose_doing_broke_off) {
  const auto once = Once::parse("a");
  EXPECT_THROW((void)onces.take(ann, once, "x", time.now(),
                                []() -> Done { throw std::runtime_error("no memory"); }),
               std::runtime_error);
  EXPECT_TRUE(take(ann, "a"));
  EXPECT_EQ(acts, 1);
}

TEST_F(OncesTest, tell_forms_and_people_apart) {
  EXPECT_TRUE(take(ann, "a"));
  EXPECT_TRUE(take(ann, "b"));
  EXPECT_TRUE(take(bob, "a"));
  EXPECT_TRUE(take(ann, ""));
  EXPECT_TRUE(take(ann, ""));
  EXPECT_EQ(acts, 5);
}

TEST_F(OncesTest, take_another_content_for_another_form) {
  EXPECT_TRUE(take(ann, "a", done(), "one"));
  EXPECT_TRUE(take(ann, "a", done(), "two"));
  EXPECT_TRUE(take(ann, "a", done(), "one"));
  EXPECT_EQ(acts, 2);
}

TEST_F(OncesTest, let_what_was_refused_be_tried_again) {
  EXPECT_EQ(take(ann, "a", Refusal::room_full).refusal(), Refusal::room_full);
  EXPECT_TRUE(take(ann, "a"));
  EXPECT_EQ(acts, 2);
}

TEST_F(OncesTest, remember_for_their_window) {
  EXPECT_TRUE(take(ann, "a"));
  time.pass(limits::kOnceWindow - std::chrono::milliseconds{1});
  EXPECT_TRUE(take(ann, "a"));
  EXPECT_EQ(acts, 1);
  time.pass(std::chrono::milliseconds{1});
  EXPECT_TRUE(take(ann, "a"));
  EXPECT_EQ(acts, 2);
}

TEST_F(OncesTest, forget_the_oldest_of_too_many) {
  for (std::size_t i = 0; i <= limits::kOncesKept; ++i) EXPECT_TRUE(take(ann, std::to_string(i)));
  acts = 0;
  EXPECT_TRUE(take(ann, std::to_string(limits::kOncesKept)));
  EXPECT_EQ(acts, 0);
  EXPECT_TRUE(take(ann, "0"));
  EXPECT_EQ(acts, 1);
}

TEST_F(OncesTest, do_it_once_when_both_come_at_the_same_time) {
  std::vector<std::jthread> senders;
  for (int i = 0; i < 8; ++i) senders.emplace_back([&] { EXPECT_TRUE(take(ann, "a")); });
  senders.clear();
  EXPECT_EQ(acts, 1);
}

}  // namespace
}  // namespace retrochat
