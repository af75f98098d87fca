// Window against a model too simple to be wrong: a list of all that was ever appended.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "broker/seeds.h"
#include "broker/window.h"

namespace tayori::broker {
namespace {

using Numbers = Window<std::uint64_t>;

struct Appended {
  Sequence number;
  std::size_t topic;
  std::size_t bytes;
  Numbers::Time since;
  bool is_held = true;
};

/// In which part of the log a topic is heard.
struct Part {
  Sequence after;
  Sequence through;
};
using Heard = std::map<std::size_t, Part>;

/// What a window has to hold, by the words of window.h alone.
class Model {
 public:
  explicit Model(HistoryLimits limits) : limits_(limits) {}

  void append(Appended appended) {
    all_.push_back(appended);
    auto of_topic = held_if([&](const Appended& one) { return one.topic == appended.topic; });
    release_bytes_of(of_topic);
    of_topic = held_if([&](const Appended& one) { return one.topic == appended.topic; });
    if (of_topic.size() > limits_.messages_per_topic) of_topic.front()->is_held = false;
    for (auto held = this->held(); bytes() > limits_.bytes && held.size() > 1;) {
      held.front()->is_held = false;
      held.erase(held.begin());
    }
    expire(appended.since);
  }
  void expire(Numbers::Time now) {
    for (Appended* one : held()) one->is_held = now - one->since <= limits_.age;
  }

  std::vector<Appended*> held() {
    return held_if([](const Appended&) { return true; });
  }
  [[nodiscard]] std::size_t bytes() const {
    std::size_t sum = 0;
    for (const Appended& one : all_) sum += one.is_held ? one.bytes : 0;
    return sum;
  }
  /// The newest that is lost of `topic`.
  [[nodiscard]] Sequence lost_through(std::size_t topic) const {
    Sequence newest;
    for (const Appended& one : all_) {
      if (!one.is_held && one.topic == topic) newest = one.number;
    }
    return newest;
  }
  /// What was lost that somebody who stands at `place` has to be told of.
  [[nodiscard]] Sequence missed(const Heard& heard, Sequence place) const {
    Sequence newest;
    for (const Appended& one : all_) {
      if (!one.is_held && is_heard(one, heard, place)) newest = one.number;
    }
    return newest;
  }
  /// What is held for somebody who stands at `place`, without bounds.
  std::vector<Appended*> after(const Heard& heard, Sequence place) {
    return held_if([&](const Appended& one) { return is_heard(one, heard, place); });
  }

 private:
  void release_bytes_of(std::vector<Appended*>& topic) {
    std::size_t bytes = 0;
    for (const Appended* one : topic) bytes += one->bytes;
    for (std::size_t i = 0; bytes > limits_.bytes_per_topic && i + 1 < topic.size(); ++i) {
      topic[i]->is_held = false;
      bytes -= topic[i]->bytes;
    }
  }

  static bool is_heard(const Appended& one, const Heard& heard, Sequence place) {
    const auto part = heard.find(one.topic);
    return part != heard.end() && one.number > std::max(place, part->second.after) &&
           one.number <= part->second.through;
  }

  template <typename Wanted>
  std::vector<Appended*> held_if(Wanted wanted) {
    std::vector<Appended*> found;
    for (Appended& one : all_) {
      if (one.is_held && wanted(one)) found.push_back(&one);
    }
    return found;
  }

  HistoryLimits limits_;
  std::vector<Appended> all_;
};

class Run {
 public:
  static constexpr std::size_t kTopics = 8;

  Run(std::uint64_t seed, std::size_t remembered_topics)
      : random_(base::Random::seeded(seed)),
        limits_{.age = std::chrono::seconds(5 + random_.below(40)),
                .messages_per_topic = 1 + random_.below(12),
                .bytes_per_topic = 50 + random_.below(400),
                .bytes = 50 + random_.below(1'000),
                .remembered_topics = remembered_topics},
        window_(limits_),
        model_(limits_) {
    for (std::size_t i = 0; i < kTopics; ++i) {
      topics_.push_back({static_cast<Topic::Kind>(i % 2), std::to_string(i / 2)});
    }
  }

  void step() {
    switch (random_.below(8)) {
      case 0: now_ += std::chrono::milliseconds(random_.below(8'000)); break;
      case 1: expire(); break;
      case 2: skip(); break;
      case 3:
      case 4: check_reading(); break;
      default: append(); break;
    }
    EXPECT_EQ(window_.head(), head_);
    EXPECT_EQ(window_.bytes(), model_.bytes());
    EXPECT_EQ(window_.messages(), model_.held().size());
  }

 private:
  void append() {
    head_ = head_.next();
    // Some topics are spoken to seldom, so that they come to be empty and are spoken to again.
    const std::size_t topic = random_.below(1 + random_.below(kTopics));
    const std::size_t bytes = 1 + random_.below(100);
    window_.append(head_, topics_[topic], head_.value, bytes, now_);
    model_.append({head_, topic, bytes, now_});
  }
  void expire() {
    window_.expire(now_);
    model_.expire(now_);
  }
  void skip() {
    head_ = head_.next();
    window_.skip(head_);
  }

  void check_reading() {
    Heard heard;
    for (std::uint64_t i = 0, count = 1 + random_.below(4); i < count; ++i) {
      // Most are heard from the first message to the last.
      const bool is_part = random_.below(3) == 0;
      heard[random_.below(kTopics)] = {
          is_part ? Sequence{random_.below(head_.value + 3)} : Sequence{},
          is_part ? Sequence{random_.below(head_.value + 3)} : Reading{.topic = nullptr}.through};
    }
    const Sequence after{random_.below(head_.value + 3)};
    const PageBounds bounds{.items = random_.below(12), .bytes = random_.below(400)};
    std::vector<Reading> readings;
    for (const auto& [topic, part] : heard)
      readings.push_back({.topic = &topics_[topic], .after = part.after, .through = part.through});
    check(window_.read(readings, after, bounds), heard, after, bounds);
  }

  void check(const Numbers::Page& page, const Heard& heard, Sequence after, PageBounds bounds) {
    const auto all = model_.after(heard, after);
    std::vector<std::uint64_t> expected;
    std::size_t bytes = 0;
    for (const Appended* one : all) {
      if (expected.size() >= bounds.items || (bytes > 0 && bytes >= bounds.bytes)) break;
      expected.push_back(one->number.value);
      bytes += one->bytes;
    }
    EXPECT_EQ(page.items, expected);
    EXPECT_EQ(page.at_head, expected.size() == all.size());
    const Sequence last = expected.empty() ? after : Sequence{expected.back()};
    EXPECT_EQ(page.place, page.at_head ? std::max(last, head_) : last);
    check_loss(page, heard, after);
  }

  void check_loss(const Numbers::Page& page, const Heard& heard, Sequence after) {
    EXPECT_GE(page.lost_through.value, model_.missed(heard, after).value) << "never silence";
    Sequence told;
    for (const auto& [topic, part] : heard) {
      const Sequence lost = model_.lost_through(topic);
      if (lost > std::max(after, part.after)) told = std::max(told, std::min(lost, part.through));
    }
    if (limits_.remembered_topics >= kTopics) {
      EXPECT_EQ(page.lost_through.value, told.value);
    }
    const auto passes = std::find_if(page.items.begin(), page.items.end(), [&](std::uint64_t item) {
      return Sequence{item} > page.lost_through;
    });
    const bool is_told = page.lost_through > after && (page.at_head || passes != page.items.end());
    EXPECT_EQ(page.gap_before.has_value(), is_told);
    if (!page.gap_before) return;
    EXPECT_EQ(*page.gap_before, static_cast<std::size_t>(passes - page.items.begin()));
  }

  base::Random random_;
  const HistoryLimits limits_;
  Numbers window_;
  Model model_;
  std::vector<Topic> topics_;
  Numbers::Time now_{std::chrono::hours{1}};
  Sequence head_;
};

void run_all(std::size_t remembered_topics) {
  for (const std::uint64_t seed : seeds(60)) {
    SCOPED_TRACE(again_with(seed));
    Run run(seed, remembered_topics);
    for (int step = 0; step < 400 && !testing::Test::HasFailure(); ++step) run.step();
    if (testing::Test::HasFailure()) return;
  }
}

TEST(WindowModel, holds_and_tells_exactly_what_the_model_does) { run_all(Run::kTopics); }

TEST(WindowModel, is_never_silent_when_few_topics_are_remembered) { run_all(2); }

TEST(WindowModel, is_never_silent_when_no_topic_is_remembered) { run_all(0); }

}  // namespace
}  // namespace tayori::broker
