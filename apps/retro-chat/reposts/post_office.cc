#include "reposts/post_office.h"

#include <chrono>

#include "text/limits.h"

namespace retrochat {

PostOffice::PostOffice(Poster& poster) : poster_(poster) {
  for (std::size_t i = 0; i < limits::kRepostsAtOnce; ++i)
    threads_.emplace_back([this](const std::stop_token& stop) { run(stop); });
}

void PostOffice::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (poster_.step(stop)) continue;
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, stop, std::chrono::seconds{1}, [] { return false; });
  }
}

}  // namespace retrochat
