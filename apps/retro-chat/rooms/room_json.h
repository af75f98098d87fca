// What scripts are told of a room, as JSON: the pushed events and the answers to polls.
//
//   event     {"event":7,"kind":"speak","who":"ann","colour":3,"at":1767225600000,"line":"…"}
//             kind is one of enter, leave, lost, speak, away, back; `line` only with speak
//   snapshot  {"last":7,"events":[…],"members":[{"who":"ann","colour":3,"state":"here","since":1767225600000}]}
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

[[nodiscard]] boost::json::object event_json(const Event& event);
[[nodiscard]] boost::json::object snapshot_json(const RoomSnapshot& snapshot);

}  // namespace retrochat
