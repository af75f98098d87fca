// parse_timestamp: a date and time as the server writes it.
//
// Threads: any (a function).
// Source:  RFC 3339
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace tayori::client {

/// "2026-01-01T02:00:00Z", the seconds with up to nine decimals or none. Nothing for any other form, another zone, and years
/// that the clock cannot hold.
std::optional<std::chrono::system_clock::time_point> parse_timestamp(std::string_view text);

}  // namespace tayori::client
