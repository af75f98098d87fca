// What scripts are told of a room, as JSON: the pushed events and the answers to polls.
//
//   event     {"event":7,"kind":"speak","who":"ann","colour":3,"at":1767225600000,"line":"…"}
//             kind is one of enter, leave, lost, removed, speak, away, back; `line` with speak, and with away and back
//             where a word was left behind
//   snapshot  {"last":7,"events":[…],"members":[…]}
//   notices   {"notice":"members","last":7,"members":[…]}   {"notice":"room", and what `room` has}
//             {"notice":"deleted"}; they have no number, as nothing is lost with one of them
//   room      {"name":"…","topic":"…","posted_on":false}: what a room is called, and whether its lines are posted on
//   member    {"who":"ann","colour":3,"state":"away","since":1767225600000,"word":"tea"}; `word` only where there is one
//
// Threads: any.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "store/events_table.h"
#include "store/rows.h"

namespace retrochat {

/// Colours that names are shown in; a person keeps theirs.
inline constexpr int kNameColours = 6;

/// 1 to kNameColours.
[[nodiscard]] int colour_of(const Account& who);

/// What is said with `removed` of why, besides that the owner has shown somebody out: the room was closed, or they do not meet what
/// its entry asks for since it was altered. Told to those who hear it at once; a page that asks later hears why from the door.
enum class Removal : std::uint8_t { shown_out, closed, entry };

[[nodiscard]] boost::json::object event_json(const Event& event,
                                             Removal removal = Removal::shown_out);
[[nodiscard]] boost::json::object member_json(const Member& member);
[[nodiscard]] boost::json::object snapshot_json(const RoomSnapshot& snapshot);

[[nodiscard]] boost::json::object members_notice(EventNumber last,
                                                 const std::vector<Member>& members);
[[nodiscard]] boost::json::object room_json(const Room& room);
[[nodiscard]] boost::json::object room_notice(const Room& room);
[[nodiscard]] boost::json::object deleted_notice();

}  // namespace retrochat
