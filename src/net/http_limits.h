// HttpLimits: what one request may take up, and how long it may take.
//
// Threads: any (a plain value).
#pragma once

#include <chrono>
#include <cstddef>

namespace tayori::net {

struct HttpLimits {
  /// Beyond either: 431.
  std::size_t head_bytes = 16'384;
  std::size_t head_fields = 100;
  /// Beyond it: 413.
  std::size_t body_bytes = 65'536;
  /// From the first byte to the end of the head, and from there to the end of the body. Beyond: 408.
  std::chrono::milliseconds head_time = std::chrono::seconds{10};
  std::chrono::milliseconds body_time = std::chrono::seconds{10};
  /// Between two requests. Beyond it the connection is closed without a word.
  std::chrono::milliseconds idle_time = std::chrono::seconds{75};
};

}  // namespace tayori::net
