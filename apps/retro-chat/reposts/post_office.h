// PostOffice: the threads that post, from its making to its end.
//
// Threads: set up only.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "reposts/poster.h"

namespace retrochat {

class PostOffice {
 public:
  /// limits::kRepostsAtOnce threads. Each looks for lines once a second while there are none.
  explicit PostOffice(Poster& poster);

 private:
  void run(const std::stop_token& stop);

  Poster& poster_;
  std::mutex mutex_;
  std::condition_variable_any woken_;
  std::vector<std::jthread> threads_;  // Last: stopped and joined before what they use is gone.
};

}  // namespace retrochat
