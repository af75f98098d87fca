#include "rooms/room_json.h"

#include <boost/json/array.hpp>

namespace retrochat {

int colour_of(const Account& who) { return static_cast<int>(who.id.value % kNameColours) + 1; }

boost::json::object event_json(const Event& event) {
  boost::json::object object{{"event", event.number.value},
                             {"kind", name(event.kind)},
                             {"who", event.who.handle},
                             {"colour", colour_of(event.who)},
                             {"at", event.at.time_since_epoch().count()}};
  if (event.kind == EventKind::speak || !event.line.empty()) object["line"] = event.line;
  return object;
}

boost::json::object member_json(const Member& member) {
  boost::json::object object{{"who", member.who.handle},
                             {"colour", colour_of(member.who)},
                             {"state", member.state == MemberState::away ? "away" : "here"},
                             {"since", member.since.time_since_epoch().count()}};
  if (!member.word.empty()) object["word"] = member.word;
  return object;
}

boost::json::object snapshot_json(const RoomSnapshot& snapshot) {
  boost::json::array events;
  for (const Event& event : snapshot.events) events.push_back(event_json(event));
  boost::json::array members;
  for (const Member& member : snapshot.members) {
    members.push_back(member_json(member));
  }
  return {{"last", snapshot.last.value},
          {"events", std::move(events)},
          {"members", std::move(members)}};
}

}  // namespace retrochat
