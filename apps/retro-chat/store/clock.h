// Clock: the time of day, given to whatever needs it, so that tests may say what time it is.
//
// Threads: any; a Clock may be called from several threads at once.
#pragma once

#include <chrono>
#include <functional>

namespace retrochat {

/// Milliseconds since 1970 (UTC), as stored and as told to pages.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;
using Clock = std::function<TimePoint()>;

inline TimePoint system_time() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace retrochat
