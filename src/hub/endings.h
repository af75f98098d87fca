// Endings: client ids whose sessions the backend has ended, so that a page which was away just then is told when it comes back.
//
// A page that opens anew is let in, and from then on those that come back are, too: which of them was ended is not
// known any more.
//
// Threads: any.
// Source:  docs/reference/backend-api.md (disconnect)
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "tayori/cursor.h"

namespace tayori::hub {

class Endings {
 public:
  using Time = std::chrono::steady_clock::time_point;
  /// Client ids remembered; beyond it the oldest are forgotten, and their pages come back untold.
  static constexpr std::size_t kClients = 100'000;
  /// A page that stays away for longer than this finds its channel open again.
  static constexpr std::chrono::hours kAge{1};

  explicit Endings(std::size_t clients = kClients) : limit_(clients) {}

  /// The sessions of `client` until `number` have ended; `why` is what their pages are told.
  void end(const std::string& client, Sequence number, std::string why, Time now);
  /// What a page that comes back from `place` is told, if its session has ended; it may be empty.
  [[nodiscard]] std::optional<std::string> of(const std::string& client, Sequence place) const;
  /// A page of `client` has opened anew.
  void forget(const std::string& client);
  void expire(Time now);

 private:
  struct Ended {
    std::string client;
    Sequence number;
    std::string why;
    Time at;
  };
  using Order = std::list<Ended>;

  void remove(Order::iterator ended);

  const std::size_t limit_;
  mutable std::mutex mutex_;
  Order order_;  // guarded by mutex_; the oldest first
  std::unordered_map<std::string, Order::iterator> by_client_;  // guarded by mutex_
  std::atomic<std::size_t> count_{0};                           // so that most pages need no lock
};

}  // namespace tayori::hub
