// Channel, Sent: what create_channel and send_message answer.
//
// Threads: any (plain values).
// Source:  docs/reference/http-api.md
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "tayori/client_id.h"
#include "tayori/cursor.h"
#include "tayori/group_name.h"
#include "tayori/limits.h"

namespace tayori {

/// A token for a page, as create_channel gives it.
struct Channel {
  std::string token;
  ClientId client_id;
  std::chrono::system_clock::time_point expires_at;
};

struct ChannelOptions {
  std::chrono::minutes duration = limits::kTokenLifeDefault;
  /// What the page hears besides its own messages and broadcasts.
  std::vector<GroupName> groups = {};
};

/// Where a message stands in the log, and to how many sessions it was handed at once. None is no error: the
/// message waits in the log.
struct Sent {
  Cursor cursor;
  std::size_t sessions = 0;
};

}  // namespace tayori
