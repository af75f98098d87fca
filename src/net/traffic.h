// Counter, Traffic: what one loop counts, readable from any thread.
//
// A Counter is written by its loop only, so that counting is a plain load and store; readers see each value
// whole, a little late at most.
//
// Threads: written by its loop; read by any.
#pragma once

#include <atomic>
#include <cstdint>

namespace tayori::net {

class Counter {
 public:
  void add(std::uint64_t amount) {
    value_.store(value_.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
  }
  void subtract(std::uint64_t amount) {
    value_.store(value_.load(std::memory_order_relaxed) - amount, std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// Bytes and connections of one loop.
struct Traffic {
  Counter bytes_in;
  Counter bytes_out;
  Counter connections_open;
  /// Of these, upgraded ones and answers without end.
  Counter websockets_open;
  Counter response_streams_open;
  /// Requests that wait for their answer.
  Counter exchanges_open;
  Counter connections_accepted;
  Counter connections_refused;
  Counter requests;
};

}  // namespace tayori::net
