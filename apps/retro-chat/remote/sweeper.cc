#include "remote/sweeper.h"

#include <chrono>
#include <utility>

namespace retrochat {

Sweeper::Sweeper(std::function<void()> sweep)
    : sweep_(std::move(sweep)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Sweeper::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    woken_.wait_for(lock, stop, std::chrono::seconds{1}, [] { return false; });
    if (!stop.stop_requested()) sweep_();
  }
}

}  // namespace retrochat
