// Channel, Sent: what create_channel and send_message answer.
//
// Threads: any (plain values).
// Source:  spec/openapi.yaml (create_channel, send_message)
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tayori/client_id.h"
#include "tayori/cursor.h"
#include "tayori/group_name.h"

namespace tayori {

/// A token for a page, as create_channel gives it.
struct Channel {
  std::string token;
  ClientId client_id;
  std::chrono::system_clock::time_point expires_at;
};

/// What becomes of a channel that several pages open at a time.
enum class Policy : std::uint8_t {
  multi,    ///< all of them have it
  replace,  ///< the newest has it
  reject,   ///< the first has it until it goes
};
/// How each policy is written in requests, at the index that is its Policy.
inline constexpr std::array<std::string_view, 3> kPolicyWords{"multi", "replace", "reject"};
[[nodiscard]] constexpr std::string_view word(Policy policy) {
  return kPolicyWords[static_cast<std::size_t>(policy)];
}

struct ChannelOptions {
  /// 1 to 1,440 minutes; the server's default when missing.
  std::optional<std::chrono::minutes> duration = {};
  /// What the page hears besides its own messages and broadcasts.
  std::vector<GroupName> groups = {};
  Policy policy = Policy::multi;
};

/// What is known of a message whose sender waited for a page to confirm it.
enum class Verdict : std::uint8_t {
  delivered,   ///< a page has confirmed it
  queued,      ///< a page is there and has not confirmed it in time
  no_session,  ///< nobody is there; it waits in the log
};
/// How each verdict is written in answers, at the index that is its Verdict.
inline constexpr std::array<std::string_view, 3> kVerdictWords{"delivered", "queued", "no_session"};
[[nodiscard]] constexpr std::string_view word(Verdict verdict) {
  return kVerdictWords[static_cast<std::size_t>(verdict)];
}

/// Where a message stands in the log, and to how many sessions it was handed at once. None is no error: the
/// message waits in the log.
struct Sent {
  Cursor cursor;
  std::size_t sessions = 0;
  /// The idempotency key was known: this is the answer of the first send, and nothing was sent now.
  bool is_repeated = false;
  /// Of a send that waited, and of no other.
  std::optional<Verdict> verdict = {};
};

}  // namespace tayori
