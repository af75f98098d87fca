// PresenceEdge: a client id has come, or it has gone. Present: it is here.
//
// Threads: any (plain values).
// Source:  channel-api.md 4, spec/openapi.yaml (presence)
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
#include "tayori/gap.h"

namespace tayori {

struct PresenceEdge {
  enum class Kind { connected, disconnected };
  Kind kind;
  ClientId client_id;
  /// Why the last session of the client id ended.
  enum class Reason {
    none,          ///< of `connected`
    closed,        ///< the page said so
    lost,          ///< it went without a word, and did not come back within the grace time
    expired,       ///< its token ran out
    replaced,      ///< a newer page took the channel over
    disconnected,  ///< the backend ended it
    shutdown,      ///< the server stopped
  };
  Reason reason = Reason::none;
  /// Ascends with every edge of one client id, also from one start of the server to the next, so that a late one can
  /// be told from a new one.
  std::uint64_t generation = 0;
  std::chrono::system_clock::time_point at = {};
};

/// How each kind is written, at the index that is its Kind.
inline constexpr std::array<std::string_view, 2> kPresenceKindWords{"connected", "disconnected"};
[[nodiscard]] constexpr std::string_view word(PresenceEdge::Kind kind) {
  return kPresenceKindWords[static_cast<std::size_t>(kind)];
}

/// How each reason is written, at the index that is its Reason; `none` is not.
inline constexpr std::array<std::string_view, 7> kPresenceReasonWords{
    "", "closed", "lost", "expired", "replaced", "disconnected", "shutdown"};
[[nodiscard]] constexpr std::string_view word(PresenceEdge::Reason reason) {
  return kPresenceReasonWords[static_cast<std::size_t>(reason)];
}

/// One who is here.
struct Present {
  ClientId client_id;
  /// 0 while a lost page may still come back.
  std::size_t sessions = 0;
  std::chrono::system_clock::time_point since = {};
};

/// Some of those who are here, by name.
struct PresentClients {
  std::vector<Present> clients;
  /// What to ask for those behind these with; nothing behind the last.
  std::optional<std::string> next;
  /// Edges after this place are those since the answer.
  Cursor cursor;
};

/// Who came and went, in order.
struct PresenceEvents {
  std::vector<PresenceEdge> events;
  /// Where the next call goes on.
  Cursor cursor;
  /// More is held behind these.
  bool more = false;
  /// What was asked for and is no longer held.
  std::optional<Gap> gap;
};

}  // namespace tayori
