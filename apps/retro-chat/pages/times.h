// Times as pages show them, in the server's own time zone; scripts in the page show the visitor's instead.
//
// Threads: any.
#pragma once

#include <string>

#include "store/clock.h"

namespace retrochat {

/// "2026-01-31T09:05:07Z", for `datetime` attributes.
[[nodiscard]] std::string iso_time(TimePoint time);

/// "09:05" on the day of `now`, "01-31 09:05" on another.
[[nodiscard]] std::string short_time(TimePoint time, TimePoint now);

/// "2026-01-31 09:05:07"
[[nodiscard]] std::string local_time(TimePoint time);

/// The same, at the distance from UTC that holds at `reference`, so that times side by side can be compared.
[[nodiscard]] std::string time_at_offset_of(TimePoint time, TimePoint reference);

/// "UTC+09:00": the distance from UTC at `time`.
[[nodiscard]] std::string utc_offset(TimePoint time);

}  // namespace retrochat
