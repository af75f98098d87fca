#include "rooms/room_json.h"

#include <boost/json/array.hpp>

namespace retrochat {

namespace {

boost::json::array members_json(const std::vector<Member>& members) {
  boost::json::array array;
  for (const Member& member : members) array.push_back(member_json(member));
  return array;
}

}  // namespace

int colour_of(const Account& who) { return static_cast<int>(who.id.value % kNameColours) + 1; }

boost::json::object event_json(const Event& event, Removal removal) {
  boost::json::object object{{"event", event.number.value},
                             {"kind", name(event.kind)},
                             {"who", event.who.handle},
                             {"colour", colour_of(event.who)},
                             {"at", event.at.time_since_epoch().count()}};
  if (event.kind == EventKind::speak || !event.line.empty()) object["line"] = event.line;
  if (removal == Removal::closed) object["why"] = "closed";
  if (removal == Removal::entry) object["why"] = "entry";
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
  return {{"last", snapshot.last.value},
          {"events", std::move(events)},
          {"members", members_json(snapshot.members)}};
}

boost::json::object members_notice(EventNumber last, const std::vector<Member>& members) {
  return {{"notice", "members"}, {"last", last.value}, {"members", members_json(members)}};
}

boost::json::object room_json(const Room& room) {
  return {{"name", room.name}, {"topic", room.topic}, {"posted_on", room.posts_on()}};
}

boost::json::object room_notice(const Room& room) {
  boost::json::object notice = room_json(room);
  notice["notice"] = "room";
  return notice;
}

boost::json::object deleted_notice() { return {{"notice", "deleted"}}; }

}  // namespace retrochat
