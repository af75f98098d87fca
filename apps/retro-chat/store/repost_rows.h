// RepostTarget, Repost: where a room posts its lines on to, and what became of one.
//
// Threads: any (plain values).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/rows.h"

namespace retrochat {

enum class RepostKind : std::uint8_t { webhook, mastodon, x };
[[nodiscard]] std::string_view name(RepostKind kind);
[[nodiscard]] std::optional<RepostKind> repost_kind_of(std::string_view name);

struct RepostTarget {
  RepostKind kind = RepostKind::webhook;
  std::string address = {};
  /// Of Mastodon's: public, unlisted or private.
  std::string visibility = {};
  /// The token or secret, sealed (reposts/secret_box.h).
  std::string sealed = {};
  /// Why re-posting rests; empty while it does not.
  std::string paused = {};
};

struct RepostId {
  std::int64_t value = 0;
  friend auto operator<=>(RepostId, RepostId) = default;
};

enum class RepostState : std::uint8_t { waiting, posted, refused, given_up };
[[nodiscard]] std::string_view name(RepostState state);
[[nodiscard]] std::optional<RepostState> repost_state_of(std::string_view name);

struct Repost {
  RepostId id;
  /// Nothing for a test.
  std::optional<EventNumber> event = {};
  std::string who = {};
  std::string line = {};
  TimePoint at = {};
  std::string key = {};
  RepostState state = RepostState::waiting;
  int attempts = 0;
  /// A word of the table in pages/reposting_page.cc: why it waits, or was not posted.
  std::string reason = {};
  RepostKind kind = RepostKind::webhook;
  std::string post_id = {};
  std::string url = {};
};

}  // namespace retrochat
