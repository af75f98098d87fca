// Account, Room, Event, Member: what the store holds, as plain values.
//
// Threads: any (plain values).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/clock.h"

namespace retrochat {

struct AccountId {
  std::int64_t value = 0;
  friend auto operator<=>(AccountId, AccountId) = default;
};

struct RoomId {
  std::int64_t value = 0;
  friend auto operator<=>(RoomId, RoomId) = default;
};

/// A room's place among its owner's rooms, from 1.
struct RoomNumber {
  std::int64_t value = 0;
  friend auto operator<=>(RoomNumber, RoomNumber) = default;
};

/// An event's place among its room's events, from 1, without holes; 0 is the place before the first.
struct EventNumber {
  std::int64_t value = 0;
  friend auto operator<=>(EventNumber, EventNumber) = default;
};

struct Account {
  AccountId id;
  std::string handle;
  /// Somebody without an account, who goes by a handle that the house gave.
  bool is_guest = false;
};

/// Whom a room's owner lets in; the owner always may.
enum class RoomEntry : std::uint8_t { everyone, signed_in, listed, passphrase, closed };

[[nodiscard]] std::string_view name(RoomEntry entry);
[[nodiscard]] std::optional<RoomEntry> room_entry_of(std::string_view name);

struct Room {
  RoomId id;
  Account owner;
  RoomNumber number;
  std::string name;
  /// May be empty.
  std::string topic = {};
  RoomEntry entry = RoomEntry::signed_in;
  /// Whether its lines are to be posted on, and whether its owner has named a place for them.
  bool reposts = false;
  bool has_target = false;

  /// Whether its lines are posted on.
  [[nodiscard]] bool posts_on() const { return reposts && has_target; }
};

/// `leave` is somebody's own doing; `lost` is what the house concludes when a page is gone or silent; `removed` is the
/// owner's doing.
enum class EventKind : std::uint8_t { enter, leave, lost, removed, speak, away, back };

[[nodiscard]] std::string_view name(EventKind kind);
[[nodiscard]] std::optional<EventKind> event_kind_of(std::string_view name);

struct Event {
  EventNumber number;
  EventKind kind = EventKind::enter;
  Account who;
  TimePoint at;
  /// What was said; with away and back the word left behind, if any; empty with other kinds.
  std::string line;
};

enum class MemberState : std::uint8_t { here, away };

struct Member {
  Account who;
  MemberState state = MemberState::here;
  /// When they came in, or when the state last changed.
  TimePoint since;
  /// The word left behind on stepping away, if any.
  std::string word = {};
};

}  // namespace retrochat
