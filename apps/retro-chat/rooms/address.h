// Where a room is, and under which names the push server knows it and the people in it.
//
//   page        /rooms/OWNER/NUMBER           (this address stays for ever)
//   client id   OWNER/NUMBER/HANDLE           one person in one room, however many of their pages are open
//   group       room/OWNER/NUMBER             everybody whose page was given a token in that room
//
// Handles and numbers are ASCII and bounded, so a client id has at most 64 bytes, as in 2010.
//
// Threads: any.
// Source:  channel-api.md 11, features 2 and 6
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/rows.h"
#include "tayori/client_id.h"
#include "tayori/group_name.h"
#include "text/handle.h"

namespace retrochat {

/// `text` as a room's number: 1 to 999,999,999 without leading zeros.
[[nodiscard]] std::optional<RoomNumber> parse_room_number(std::string_view text);

/// `text` as an event's number, from 1.
[[nodiscard]] std::optional<EventNumber> parse_event_number(std::string_view text);

[[nodiscard]] std::string path_of(const Room& room);
[[nodiscard]] tayori::ClientId client_id_of(const Room& room, const Account& who);
[[nodiscard]] tayori::GroupName group_of(const Room& room);

/// What a client id of ours is made of.
struct Whereabout {
  Handle owner;
  RoomNumber number;
  Handle who;
};

/// Nothing when the client id is none of ours.
[[nodiscard]] std::optional<Whereabout> whereabout_of(const tayori::ClientId& id);

}  // namespace retrochat
