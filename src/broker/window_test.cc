#include "broker/window.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace tayori::broker {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

Topic client(std::string_view name) { return Topic::of(*ClientId::parse(name)); }
Topic group(std::string_view name) { return Topic::of(*GroupName::parse(name)); }

/// A window of numbers, 10 bytes each unless told.
class Numbers {
 public:
  using Page = Window<std::uint64_t>::Page;

  explicit Numbers(HistoryLimits limits = {}) : window_(limits) {}

  void append(const Topic& topic, std::size_t bytes = 10) {
    ++head_.value;
    window_.append(head_, topic, head_.value, bytes, now_);
  }
  void skip() { window_.skip({++head_.value}); }
  void pass(std::chrono::seconds time) { now_ += time; }
  void expire() { window_.expire(now_); }

  [[nodiscard]] Page read(const std::vector<Topic>& topics, std::uint64_t after = 0,
                          PageBounds bounds = {}) const {
    std::vector<Reading> readings;
    for (const Topic& topic : topics) readings.push_back({.topic = &topic});
    return window_.read(readings, {after}, bounds);
  }
  [[nodiscard]] Page read_parts(const std::vector<Reading>& readings,
                                std::uint64_t after = 0) const {
    return window_.read(readings, {after}, {});
  }
  [[nodiscard]] const Window<std::uint64_t>& window() const { return window_; }

 private:
  Window<std::uint64_t> window_;
  Window<std::uint64_t>::Time now_{1h};
  Sequence head_;
};

const Topic kAnn = client("ann");
const Topic kBob = client("bob");
const Topic kRoom = group("room");

TEST(Window, gives_what_a_topic_held_after_a_place) {
  Numbers numbers;
  for (int i = 0; i < 5; ++i) numbers.append(kAnn);
  const auto page = numbers.read({kAnn}, 2);
  EXPECT_THAT(page.items, ElementsAre(3, 4, 5));
  EXPECT_EQ(page.place, Sequence{5});
  EXPECT_TRUE(page.at_head);
  EXPECT_FALSE(page.gap_before);
}

TEST(Window, gives_several_topics_in_one_order) {
  Numbers numbers;
  for (const Topic& topic : {kAnn, kRoom, kBob, Topic::everyone(), kAnn, kRoom}) {
    numbers.append(topic);
  }
  EXPECT_THAT(numbers.read({kAnn, Topic::everyone(), kRoom}).items, ElementsAre(1, 2, 4, 5, 6));
  EXPECT_THAT(numbers.read({kRoom, Topic::everyone(), kAnn}).items, ElementsAre(1, 2, 4, 5, 6));
  EXPECT_THAT(numbers.read({kBob}).items, ElementsAre(3));
}

TEST(Window, never_takes_a_group_for_a_client_of_that_name) {
  Numbers numbers;
  numbers.append(group("ann"));
  EXPECT_THAT(numbers.read({client("ann")}).items, IsEmpty());
  EXPECT_THAT(numbers.read({group("ann")}).items, ElementsAre(1));
}

TEST(Window, places_a_reader_of_nothing_at_the_head) {
  Numbers numbers;
  numbers.append(kBob);
  numbers.skip();
  const auto page = numbers.read({kAnn});
  EXPECT_THAT(page.items, IsEmpty());
  EXPECT_EQ(page.place, Sequence{2});
  EXPECT_TRUE(page.at_head);
}

TEST(Window, leaves_a_reader_beyond_the_head_where_it_is) {
  Numbers numbers;
  numbers.append(kAnn);
  const auto page = numbers.read({kAnn}, 100);
  EXPECT_THAT(page.items, IsEmpty());
  EXPECT_EQ(page.place, Sequence{100});
  EXPECT_FALSE(page.gap_before);
}

TEST(Window, holds_so_many_messages_of_each_topic) {
  Numbers numbers({.messages_per_topic = 2});
  numbers.append(kBob);
  for (int i = 0; i < 4; ++i) numbers.append(kAnn);
  EXPECT_THAT(numbers.read({kAnn}).items, ElementsAre(4, 5));
  EXPECT_THAT(numbers.read({kBob}).items, ElementsAre(1)) << "others are not touched";
  EXPECT_EQ(numbers.window().messages(), 3U);
}

TEST(Window, holds_so_many_bytes_of_each_topic) {
  Numbers numbers({.bytes_per_topic = 100});
  numbers.append(kBob, 60);
  numbers.append(kAnn, 60);
  numbers.append(kAnn, 30);
  numbers.append(kAnn, 50);
  EXPECT_THAT(numbers.read({kAnn}).items, ElementsAre(3, 4));
  EXPECT_THAT(numbers.read({kBob}).items, ElementsAre(1)) << "others are not touched";
  EXPECT_EQ(numbers.window().bytes(), 140U);
  EXPECT_EQ(numbers.read({kAnn}).gap_before, 0U);
}

TEST(Window, holds_the_newest_message_of_a_topic_however_large) {
  Numbers numbers({.bytes_per_topic = 100});
  for (int i = 0; i < 2; ++i) numbers.append(kAnn, 1'000);
  EXPECT_THAT(numbers.read({kAnn}).items, ElementsAre(2));
  numbers.append(kAnn, 10);
  EXPECT_THAT(numbers.read({kAnn}).items, ElementsAre(3));
}

TEST(Window, gives_a_topic_its_room_back_when_it_was_emptied) {
  Numbers numbers({.age = 600s, .bytes_per_topic = 100});
  numbers.append(kAnn, 90);
  numbers.pass(601s);
  numbers.expire();
  for (int i = 0; i < 2; ++i) numbers.append(kAnn, 50);
  EXPECT_THAT(numbers.read({kAnn}).items, ElementsAre(2, 3));
}

TEST(Window, counts_what_leaves_by_the_limit_that_it_gives_way_to) {
  Numbers numbers({.age = 600s, .messages_per_topic = 3, .bytes_per_topic = 100, .bytes = 200});
  for (int i = 0; i < 4; ++i) numbers.append(kAnn);  // one too many
  numbers.append(kAnn, 90);                          // three too many, for its bytes
  numbers.append(kBob, 100);
  numbers.append(kRoom, 20);  // of all bytes, hers are the oldest
  const Evictions evictions = numbers.window().evictions();
  EXPECT_EQ(evictions.messages_per_topic, 1U);
  EXPECT_EQ(evictions.bytes_per_topic, 2U);
  EXPECT_EQ(evictions.bytes, 2U);
  EXPECT_EQ(evictions.age, 0U);
  numbers.pass(601s);
  numbers.expire();
  EXPECT_EQ(numbers.window().evictions().age, 2U);
}

TEST(Window, holds_so_many_bytes_in_all_and_lets_the_oldest_go) {
  Numbers numbers({.bytes = 100});
  numbers.append(kBob, 60);
  numbers.append(kAnn, 40);
  EXPECT_EQ(numbers.window().bytes(), 100U);
  numbers.append(kAnn, 1);
  EXPECT_EQ(numbers.window().bytes(), 41U);
  EXPECT_TRUE(numbers.read({kBob}).gap_before);
  EXPECT_FALSE(numbers.read({kAnn}).gap_before);
}

TEST(Window, holds_the_newest_message_however_large) {
  Numbers numbers({.bytes = 100});
  numbers.append(kAnn, 10);
  numbers.append(kAnn, 1'000);
  EXPECT_THAT(numbers.read({kAnn}).items, ElementsAre(2));
  numbers.append(kAnn, 10);
  EXPECT_THAT(numbers.read({kAnn}).items, ElementsAre(3));
}

TEST(Window, holds_a_message_until_it_is_older_than_the_limit) {
  Numbers numbers({.age = 600s});
  numbers.append(kAnn);
  numbers.pass(600s);
  numbers.expire();
  EXPECT_THAT(numbers.read({kAnn}).items, ElementsAre(1));
  numbers.pass(1s);
  numbers.expire();
  EXPECT_THAT(numbers.read({kAnn}).items, IsEmpty());
  EXPECT_TRUE(numbers.read({kAnn}).gap_before);
  EXPECT_EQ(numbers.window().bytes(), 0U);
}

TEST(Window, lets_the_old_go_when_something_new_comes) {
  Numbers numbers({.age = 600s});
  numbers.append(kAnn);
  numbers.pass(601s);
  numbers.append(kBob);
  EXPECT_EQ(numbers.window().messages(), 1U);
}

TEST(Window, tells_a_gap_before_what_is_left) {
  Numbers numbers({.messages_per_topic = 2});
  for (int i = 0; i < 5; ++i) numbers.append(kAnn);
  const auto page = numbers.read({kAnn}, 1);
  EXPECT_THAT(page.items, ElementsAre(4, 5));
  EXPECT_EQ(page.lost_through, Sequence{3});
  EXPECT_EQ(page.gap_before, 0U);
}

TEST(Window, tells_no_gap_to_who_has_had_what_was_lost) {
  Numbers numbers({.messages_per_topic = 2});
  for (int i = 0; i < 5; ++i) numbers.append(kAnn);
  EXPECT_FALSE(numbers.read({kAnn}, 3).gap_before);
  EXPECT_TRUE(numbers.read({kAnn}, 2).gap_before);
}

TEST(Window, tells_a_gap_of_what_was_heard_only) {
  Numbers numbers({.messages_per_topic = 1});
  for (int i = 0; i < 5; ++i) numbers.append(kAnn);
  numbers.append(kBob);
  EXPECT_FALSE(numbers.read({kBob}).gap_before);
  EXPECT_TRUE(numbers.read({kBob, kAnn}).gap_before);
}

TEST(Window, tells_a_gap_where_the_order_passes_it) {
  Numbers numbers({.messages_per_topic = 2});
  numbers.append(kBob);                              // 1, still held
  for (int i = 0; i < 3; ++i) numbers.append(kAnn);  // 2 is lost
  numbers.append(kRoom);
  const auto page = numbers.read({kAnn, kBob, kRoom});
  EXPECT_THAT(page.items, ElementsAre(1, 3, 4, 5));
  EXPECT_EQ(page.lost_through, Sequence{2});
  EXPECT_EQ(page.gap_before, 1U);
}

TEST(Window, tells_a_gap_behind_all_when_nothing_newer_is_held) {
  Numbers numbers({.age = 600s, .bytes = 100});
  numbers.append(kBob, 10);
  numbers.append(kAnn, 90);
  numbers.pass(601s);
  numbers.expire();
  const auto page = numbers.read({kAnn, kBob});
  EXPECT_THAT(page.items, IsEmpty());
  EXPECT_EQ(page.gap_before, 0U);
  EXPECT_EQ(page.lost_through, Sequence{2});
  EXPECT_EQ(page.place, Sequence{2});
}

TEST(Window, gives_no_more_items_than_asked) {
  Numbers numbers;
  for (int i = 0; i < 5; ++i) numbers.append(kAnn);
  auto page = numbers.read({kAnn}, 0, {.items = 2});
  EXPECT_THAT(page.items, ElementsAre(1, 2));
  EXPECT_EQ(page.place, Sequence{2});
  EXPECT_FALSE(page.at_head);
  page = numbers.read({kAnn}, 2, {.items = 3});
  EXPECT_THAT(page.items, ElementsAre(3, 4, 5));
  EXPECT_TRUE(page.at_head);
}

TEST(Window, gives_no_more_bytes_than_asked_but_always_an_item) {
  Numbers numbers;
  numbers.append(kAnn, 1'000);
  numbers.append(kAnn, 10);
  numbers.append(kAnn, 10);
  EXPECT_THAT(numbers.read({kAnn}, 0, {.bytes = 1}).items, ElementsAre(1));
  EXPECT_THAT(numbers.read({kAnn}, 1, {.bytes = 15}).items, ElementsAre(2, 3));
  EXPECT_THAT(numbers.read({kAnn}, 1, {.bytes = 10}).items, ElementsAre(2));
}

TEST(Window, tells_a_gap_on_the_page_that_passes_it) {
  Numbers numbers({.messages_per_topic = 2});
  for (const Topic& topic : {kBob, kBob}) numbers.append(topic);  // 1, 2 held
  for (int i = 0; i < 4; ++i) numbers.append(kAnn);               // 3, 4 lost; 5, 6 held
  auto page = numbers.read({kAnn, kBob}, 0, {.items = 1});
  EXPECT_FALSE(page.gap_before) << "a later page passes it";
  page = numbers.read({kAnn, kBob}, 1, {.items = 2});
  EXPECT_THAT(page.items, ElementsAre(2, 5));
  EXPECT_EQ(page.gap_before, 1U);
  page = numbers.read({kAnn, kBob}, 5, {.items = 2});
  EXPECT_FALSE(page.gap_before) << "it was told";
}

TEST(Window, asked_for_no_items_tells_only_of_loss) {
  Numbers numbers({.messages_per_topic = 1});
  numbers.append(kAnn);
  numbers.append(kAnn);
  const auto page = numbers.read({kAnn}, 0, {.items = 0});
  EXPECT_THAT(page.items, IsEmpty());
  EXPECT_EQ(page.lost_through, Sequence{1});
  EXPECT_FALSE(page.at_head);
}

TEST(Window, knows_of_a_topics_loss_after_all_of_it_is_gone) {
  Numbers numbers({.age = 600s});
  numbers.append(kAnn);
  numbers.pass(601s);
  numbers.append(kBob);
  EXPECT_EQ(numbers.read({kAnn}).lost_through, Sequence{1});
  numbers.append(kAnn);
  const auto page = numbers.read({kAnn});
  EXPECT_THAT(page.items, ElementsAre(3));
  EXPECT_EQ(page.lost_through, Sequence{1});
  EXPECT_EQ(page.gap_before, 0U);
}

TEST(Window, remembers_the_losses_of_so_many_topics_exactly) {
  Numbers numbers({.age = 600s, .remembered_topics = 2});
  for (const char* name : {"a", "b", "c"}) numbers.append(client(name));
  numbers.pass(601s);
  numbers.expire();
  EXPECT_EQ(numbers.read({client("c")}).lost_through, Sequence{3});
  EXPECT_EQ(numbers.read({client("b")}).lost_through, Sequence{2});
  EXPECT_EQ(numbers.read({client("a")}).lost_through, Sequence{1}) << "forgotten, but not silent";
  EXPECT_EQ(numbers.read({client("never spoken to")}).lost_through, Sequence{1});
  EXPECT_FALSE(numbers.read({client("never spoken to")}, 1).gap_before);
}

TEST(Window, is_not_silent_on_a_forgotten_topic_that_is_spoken_to_again) {
  Numbers numbers({.age = 600s, .remembered_topics = 0});
  numbers.append(kAnn);
  numbers.pass(601s);
  numbers.expire();
  numbers.append(kAnn);
  const auto page = numbers.read({kAnn});
  EXPECT_THAT(page.items, ElementsAre(2));
  EXPECT_EQ(page.gap_before, 0U);
  EXPECT_EQ(page.lost_through, Sequence{1});
}

TEST(Window, can_hold_nothing_at_all) {
  Numbers numbers({.messages_per_topic = 0, .remembered_topics = 0});
  numbers.append(kAnn);
  numbers.append(kAnn);
  EXPECT_EQ(numbers.window().messages(), 0U);
  EXPECT_EQ(numbers.read({kAnn}).lost_through, Sequence{2});
}

TEST(Window, gives_a_topic_only_in_the_part_of_the_log_in_which_it_is_heard) {
  Numbers numbers;
  for (int i = 0; i < 6; ++i) numbers.append(i % 2 == 0 ? kAnn : kRoom);
  EXPECT_THAT(numbers.read_parts({{.topic = &kAnn}, {.topic = &kRoom, .after = {2}}}).items,
              ElementsAre(1, 3, 4, 5, 6));
  EXPECT_THAT(numbers.read_parts({{.topic = &kAnn}, {.topic = &kRoom, .through = {4}}}).items,
              ElementsAre(1, 2, 3, 4, 5));
  const std::vector<Reading> came_and_went{{.topic = &kRoom, .after = {1}, .through = {2}},
                                           {.topic = &kRoom, .after = {5}}};
  EXPECT_THAT(numbers.read_parts(came_and_went).items, ElementsAre(2, 6));
  EXPECT_THAT(numbers.read_parts(came_and_went, 2).items, ElementsAre(6));
}

TEST(Window, tells_no_loss_from_before_a_topic_was_heard) {
  Numbers numbers({.messages_per_topic = 1});
  numbers.append(kRoom);
  numbers.append(kRoom);
  EXPECT_FALSE(numbers.read_parts({{.topic = &kRoom, .after = {1}}}).gap_before);
  EXPECT_TRUE(numbers.read_parts({{.topic = &kRoom, .after = {0}}}).gap_before);
}

}  // namespace
}  // namespace tayori::broker
