// Repeats: sends that are remembered by their idempotency key, so that one that is repeated is sent once.
//
// Remembered as long as the log holds what was sent; the oldest are forgotten earlier when there are too many.
//
// Threads: guarded by the order of the log; forgotten() from any.
// Source:  docs/reference/backend-api.md (send_message)
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/digest.h"
#include "broker/record.h"
#include "tayori/cursor.h"
#include "tayori/result.h"

namespace tayori::hub {

class Repeats {
 public:
  using Time = std::chrono::steady_clock::time_point;
  struct First {
    Sequence number;
    std::size_t sessions;
  };
  struct Limits {
    std::chrono::seconds age{600};
    std::size_t keys = 100'000;
  };

  explicit Repeats(Limits limits) : limits_(limits) {}

  /// What the first send by the key of `record` came to, if it is remembered; idempotency_conflict when that was
  /// another message.
  [[nodiscard]] Result<std::optional<First>> find(const broker::Record& record, Time now);
  void remember(const broker::Record& record, First first, Time now);

  /// Keys that were forgotten before their time.
  [[nodiscard]] std::uint64_t forgotten() const {
    return forgotten_.load(std::memory_order_relaxed);
  }

 private:
  struct Known {
    base::Sha256 digest;
    First first;
  };
  struct Entry {
    Time since;
    std::string key;
  };

  void expire(Time now);
  void forget_oldest();

  const Limits limits_;
  std::unordered_map<std::string, Known> known_;
  std::deque<Entry> order_;
  std::atomic<std::uint64_t> forgotten_{0};
};

}  // namespace tayori::hub
