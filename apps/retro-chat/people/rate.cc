#include "people/rate.h"

#include <algorithm>

#include "text/limits.h"

namespace retrochat {

bool Rate::take(std::string_view key, TimePoint now) {
  const std::lock_guard lock(mutex_);
  auto found = windows_.find(key);
  if (found == windows_.end()) {
    if (windows_.size() >= limits::kRateKeys) forget_oldest();
    found = windows_.emplace(std::string(key), Window{now, 0}).first;
  }
  Window& window = found->second;
  // A clock that was set back begins a new window: nobody waits for longer than one.
  if (now < window.began || now - window.began >= window_) window = {now, 0};
  if (window.count >= limit_) return false;
  ++window.count;
  return true;
}

void Rate::give_back(std::string_view key) {
  const std::lock_guard lock(mutex_);
  const auto found = windows_.find(key);
  if (found != windows_.end() && found->second.count > 0) --found->second.count;
}

void Rate::forget_oldest() {
  windows_.erase(
      std::ranges::min_element(windows_, {}, [](const auto& entry) { return entry.second.began; }));
}

}  // namespace retrochat
