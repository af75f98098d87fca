// rfc3339: a time as text, in UTC.
//
// Threads: any.
// Source:  RFC 3339 section 5.6
#pragma once

#include <chrono>
#include <string>

namespace tayori::base {

/// "2026-01-31T12:00:00Z"; parts of a second are dropped.
[[nodiscard]] std::string rfc3339(std::chrono::system_clock::time_point time);
/// "2026-01-31T12:00:00.123Z".
[[nodiscard]] std::string rfc3339_ms(std::chrono::system_clock::time_point time);

}  // namespace tayori::base
