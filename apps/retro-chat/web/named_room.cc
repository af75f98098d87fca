#include "web/named_room.h"

#include "rooms/address.h"
#include "text/local_path.h"

namespace retrochat {

Answer<Room> named_room(const tayori::HttpRequest& request, RoomsTable& table) {
  const auto owner = Handle::parse(request.path_value("owner"));
  const auto number = parse_room_number(request.path_value("number"));
  if (!owner || !number) return Refusal::no_such_room;
  return table.find(*owner, *number);
}

tayori::HttpResponse lead_to_room(const tayori::HttpRequest& request, Reception& reception,
                                  RoomsTable& table, const Respond& respond) {
  const auto visitor = reception.receive(request);
  if (!visitor) return respond.refuse({}, {visitor.refusal()});
  const auto room = named_room(request, table);
  return room ? respond.go(path_of(*room)) : respond.refuse(*visitor, {room.refusal()});
}

std::string sign_in_path(const std::string& to) {
  return "/sign-in?to=" + LocalPath::escaped_for_query(to);
}

}  // namespace retrochat
