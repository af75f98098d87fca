// BrokerContract: what broker.h promises, as tests that every broker passes.
//
// A broker's own test names where its logs come from and runs them all:
//
//   struct MemoryLogs {
//     std::unique_ptr<Broker> make();  // a broker on a log that starts anew, at every call
//   };
//   INSTANTIATE_TYPED_TEST_SUITE_P(Memory, BrokerContract, MemoryLogs);
//
// `Logs` outlives its brokers, so that it may own a folder or a server. Nothing here leans on time:
// an answer that never comes hangs the test, which its runner then ends.
//
// Threads: set up only.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <latch>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "broker/broker.h"

namespace tayori::broker {

/// What happened on one log, in the order in which it happened.
class LogTrace final : public BrokerEvents {
 public:
  enum class Kind { record_begins, record_ends, answered };
  struct Event {
    Kind kind;
    Sequence number;
  };

  void on_record(Sequence number, Record&& record) override {
    EXPECT_FALSE(is_inside_.exchange(true)) << "two records at a time";
    note(Kind::record_begins, number);
    {
      const std::scoped_lock lock(mutex_);
      records_.emplace_back(number, std::move(record));
    }
    note(Kind::record_ends, number);
    is_inside_ = false;
  }
  /// Called within an answer.
  void on_answer(Sequence number) { note(Kind::answered, number); }

  [[nodiscard]] std::vector<Event> events() const {
    const std::scoped_lock lock(mutex_);
    return events_;
  }
  [[nodiscard]] std::vector<std::pair<Sequence, Record>> records() const {
    const std::scoped_lock lock(mutex_);
    return records_;
  }

 private:
  void note(Kind kind, Sequence number) {
    const std::scoped_lock lock(mutex_);
    events_.push_back({kind, number});
  }

  std::atomic<bool> is_inside_ = false;
  mutable std::mutex mutex_;
  std::vector<Event> events_;                         // guarded by mutex_
  std::vector<std::pair<Sequence, Record>> records_;  // guarded by mutex_
};

inline Record message_to_everyone(std::string body) {
  return {.kind = Record::Kind::message, .topic = Topic::everyone(), .body = std::move(body)};
}

/// Appends `record` and waits for the answer.
inline Result<Sequence> append_and_wait(Broker& broker, LogTrace& trace, Record record) {
  std::promise<Result<Sequence>> answered;
  broker.append(std::move(record), [&](Result<Sequence> number) {
    if (number) trace.on_answer(*number);
    answered.set_value(std::move(number));
  });
  return answered.get_future().get();
}

/// Appends `each` records from each of `threads` threads at once, and waits for all answers. Gives
/// the number that each body was answered with.
inline std::map<std::string, Sequence> append_from_threads(Broker& broker, LogTrace& trace,
                                                           int threads, int each) {
  std::mutex mutex;
  std::map<std::string, Sequence> numbers;
  std::latch begin(threads);
  std::latch answered(static_cast<std::ptrdiff_t>(threads) * each);
  const auto append = [&](int thread) {
    begin.arrive_and_wait();
    for (int i = 0; i < each; ++i) {
      const std::string body = std::to_string(thread) + "/" + std::to_string(i);
      broker.append(message_to_everyone(body), [&, body](const Result<Sequence>& number) {
        ASSERT_TRUE(number) << number.error().detail;
        trace.on_answer(*number);
        {
          const std::scoped_lock lock(mutex);
          EXPECT_TRUE(numbers.emplace(body, *number).second) << "answered twice";
        }
        answered.count_down();
      });
    }
  };
  std::vector<std::thread> running;
  for (int thread = 0; thread < threads; ++thread) running.emplace_back(append, thread);
  for (std::thread& thread : running) thread.join();
  answered.wait();
  return numbers;
}

template <typename Logs>
class BrokerContract : public testing::Test {
 protected:
  void SetUp() override {
    broker_ = logs_.make();
    broker_->start(trace_);
  }

  Logs logs_;
  LogTrace trace_;
  std::unique_ptr<Broker> broker_;
};

TYPED_TEST_SUITE_P(BrokerContract);

TYPED_TEST_P(BrokerContract, numbers_records_from_one_without_holes) {
  for (std::uint64_t i = 1; i <= 20; ++i) {
    const auto number =
        append_and_wait(*this->broker_, this->trace_, message_to_everyone(std::to_string(i)));
    ASSERT_TRUE(number);
    EXPECT_EQ(*number, Sequence{i});
  }
  const auto records = this->trace_.records();
  ASSERT_EQ(records.size(), 20U);
  for (std::size_t i = 0; i < records.size(); ++i) {
    EXPECT_EQ(records[i].first, Sequence{i + 1});
    EXPECT_EQ(records[i].second.body, std::to_string(i + 1));
  }
}

TYPED_TEST_P(BrokerContract, hands_records_over_as_they_were_appended) {
  using namespace std::string_literals;
  const std::vector<Record> appended{
      {Record::Kind::message, Topic::everyone(), "hello"},
      {Record::Kind::message, Topic::of(*ClientId::parse("ann")), "便り"},
      {Record::Kind::message, Topic::of(*GroupName::parse("ann")), "a\0b\r\n\x01"s},
      {Record::Kind::message, Topic::of(*ClientId::parse("a.b *> /\\\"'日本")), "x"},
      {Record::Kind::message, Topic::of(*ClientId::parse(std::string(256, 'c'))), "y"},
      {Record::Kind::message, Topic::of(*GroupName::parse(std::string(128, '.'))), "z"},
      {Record::Kind::control, Topic::of(*ClientId::parse("ann")), "{\"revoke\":\"j\"}"},
      {Record::Kind::control, Topic::everyone(), ""},
      {Record::Kind::message, Topic::everyone(), std::string(1'048'576, 'm')},
  };
  for (const Record& record : appended) {
    ASSERT_TRUE(append_and_wait(*this->broker_, this->trace_, record));
  }
  const auto records = this->trace_.records();
  ASSERT_EQ(records.size(), appended.size());
  for (std::size_t i = 0; i < appended.size(); ++i) {
    EXPECT_TRUE(records[i].second == appended[i]) << i;
  }
}

TYPED_TEST_P(BrokerContract, numbers_what_many_threads_append_without_holes) {
  constexpr int kThreads = 4;
  constexpr int kEach = 200;
  const auto numbers = append_from_threads(*this->broker_, this->trace_, kThreads, kEach);
  const auto records = this->trace_.records();
  ASSERT_EQ(records.size(), static_cast<std::size_t>(kThreads) * kEach);
  for (std::size_t i = 0; i < records.size(); ++i) {
    ASSERT_EQ(records[i].first, Sequence{i + 1});
    EXPECT_EQ(numbers.at(records[i].second.body), records[i].first)
        << "the answer names the record that was appended";
  }
}

TYPED_TEST_P(BrokerContract, answers_after_the_record_and_before_the_next) {
  constexpr int kThreads = 4;
  constexpr int kEach = 200;
  append_from_threads(*this->broker_, this->trace_, kThreads, kEach);
  const auto events = this->trace_.events();
  ASSERT_EQ(events.size(), std::size_t{3} * kThreads * kEach);
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto expected = static_cast<LogTrace::Kind>(i % 3);
    ASSERT_EQ(static_cast<int>(events[i].kind), static_cast<int>(expected)) << i;
    ASSERT_EQ(events[i].number, Sequence{i / 3 + 1}) << i;
  }
}

TYPED_TEST_P(BrokerContract, stands_under_a_word_that_stays) {
  const std::string epoch = this->broker_->epoch();
  EXPECT_GE(epoch.size(), 1U);
  EXPECT_LE(epoch.size(), 32U);
  EXPECT_EQ(epoch.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz"), std::string::npos);
  ASSERT_TRUE(append_and_wait(*this->broker_, this->trace_, message_to_everyone("x")));
  EXPECT_EQ(this->broker_->epoch(), epoch);
}

TYPED_TEST_P(BrokerContract, stands_under_another_word_when_its_log_starts_anew) {
  const auto another = this->logs_.make();
  EXPECT_NE(another->epoch(), this->broker_->epoch());
  LogTrace trace;
  another->start(trace);
  ASSERT_TRUE(append_and_wait(*this->broker_, this->trace_, message_to_everyone("x")));
  const auto number = append_and_wait(*another, trace, message_to_everyone("y"));
  ASSERT_TRUE(number);
  EXPECT_EQ(*number, Sequence{1}) << "numbers start at 1 in every epoch";
  EXPECT_EQ(this->trace_.records().size(), 1U) << "two logs share nothing";
}

REGISTER_TYPED_TEST_SUITE_P(BrokerContract, numbers_records_from_one_without_holes,
                            hands_records_over_as_they_were_appended,
                            numbers_what_many_threads_append_without_holes,
                            answers_after_the_record_and_before_the_next,
                            stands_under_a_word_that_stays,
                            stands_under_another_word_when_its_log_starts_anew);

}  // namespace tayori::broker
