// Sweeper: calls a function once a second until it is destroyed.
//
// Threads: set up only; the function runs on the sweeper's own thread.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace retrochat {

class Sweeper {
 public:
  explicit Sweeper(std::function<void()> sweep);

 private:
  void run(const std::stop_token& stop);

  const std::function<void()> sweep_;
  std::mutex mutex_;
  std::condition_variable_any woken_;
  std::jthread thread_;  // Last: stopped and joined before what it uses is gone.
};

}  // namespace retrochat
