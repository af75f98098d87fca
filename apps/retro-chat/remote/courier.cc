#include "remote/courier.h"

#include <algorithm>
#include <chrono>

namespace retrochat {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstPause{100};
constexpr milliseconds kLongestPause{5'000};
constexpr std::chrono::seconds kLastErrands{1};

}  // namespace

Courier::Courier(PushQueue& queue)
    : queue_(queue), thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Courier::run(const std::stop_token& stop) {
  milliseconds pause = kFirstPause;
  PushQueue::Step last = PushQueue::Step::idle;
  while (!stop.stop_requested()) {
    last = queue_.step();
    switch (last) {
      case PushQueue::Step::idle: queue_.wait(stop); break;
      case PushQueue::Step::done: pause = kFirstPause; break;
      case PushQueue::Step::again: {
        std::unique_lock lock(mutex_);
        woken_.wait_for(lock, stop, pause, [] { return false; });
        pause = std::min(pause * 2, kLongestPause);
        break;
      }
    }
  }
  if (last == PushQueue::Step::again) return;
  const auto end = std::chrono::steady_clock::now() + kLastErrands;
  while (queue_.step() == PushQueue::Step::done && std::chrono::steady_clock::now() < end) {
  }
}

}  // namespace retrochat
