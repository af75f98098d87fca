// Current: a value that is replaced as a whole while other threads read it.
//
//   Current<Keys> keys(first);
//   const auto now = keys.get();  // stays as it is, whatever comes
//   keys.replace(next);
//
// The lock covers the copy of a pointer. (The std::atomic<std::shared_ptr> of GCC 12 is a lock too, one that
// spins.)
//
// Threads: any.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace tayori::base {

template <typename T>
class Current {
 public:
  explicit Current(T value) : value_(std::make_shared<const T>(std::move(value))) {}

  /// The value as it is now. Whoever holds it keeps it.
  [[nodiscard]] std::shared_ptr<const T> get() const {
    const std::scoped_lock lock(mutex_);
    return value_;
  }

  /// get() answers `value` from now on.
  void replace(T value) {
    auto next = std::make_shared<const T>(std::move(value));
    // The old one goes with `next`, outside of the lock.
    const std::scoped_lock lock(mutex_);
    value_.swap(next);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> value_;  // under mutex_
};

}  // namespace tayori::base
