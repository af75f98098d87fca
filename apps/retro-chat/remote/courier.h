// Courier: the thread that carries what waits in a PushQueue to Tayori.
//
// When Tayori is away it tries again after a tenth of a second, then after twice as long each time, up to five
// seconds. At the end it carries on for as long as Tayori takes things, up to a second; pages learn of the rest from the store.
//
// Threads: set up only.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "remote/push_queue.h"

namespace retrochat {

class Courier {
 public:
  explicit Courier(PushQueue& queue);

 private:
  void run(const std::stop_token& stop);

  PushQueue& queue_;
  std::mutex mutex_;
  std::condition_variable_any woken_;
  std::jthread thread_;  // Last: stopped and joined before what it uses is gone.
};

}  // namespace retrochat
