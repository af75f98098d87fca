#include "web/door_routes.h"

#include "rooms/address.h"
#include "text/local_path.h"
#include "web/begin_session.h"
#include "web/named_room.h"

namespace retrochat {

void DoorRoutes::add_to(Routes& routes) {
  const std::string knock_path = "/rooms/{owner}/{number}/knock";
  routes.push_back(
      {"POST", "/guest", [this](const auto& request) { return welcome_guest(request); }});
  routes.push_back({"POST", knock_path, [this](const auto& request) { return knock(request); }});
  // Where a refused form's page stands, or a reload of it leads.
  routes.push_back({"GET", "/guest", [this](const auto&) { return respond_.go("/"); }});
  routes.push_back({"GET", knock_path, [this](const auto& request) {
                      return lead_to_room(request, reception_, table_, respond_);
                    }});
  routes.push_back({"GET", "/find", [this](const auto& request) { return find(request); }});
  routes.push_back(
      {"GET", "/rooms/{owner}", [this](const auto& request) { return rooms_of(request); }});
}

tayori::HttpResponse DoorRoutes::welcome_guest(const tayori::HttpRequest& request) {
  const auto visitor = reception_.receive(request);
  if (!visitor) return respond_.refuse({}, {visitor.refusal()});
  const LocalPath to = LocalPath::from(request.form_value("to"));
  if (const auto admitted = reception_.admit_stranger(request); !admitted)
    return respond_.refuse(*visitor, {admitted.refusal(), to.text()});
  if (visitor->signed_in) return respond_.go(to.text());
  if (const auto own = people_.forms.admit(request); !own)
    return respond_.refuse(*visitor, {own.refusal(), to.text()});
  const auto guest = people_.guests.welcome(visitor->address);
  if (!guest) return respond_.refuse(*visitor, {guest.refusal(), to.text()});
  return begin_session(people_.sessions, respond_, *visitor, *guest, to);
}

tayori::HttpResponse DoorRoutes::knock(const tayori::HttpRequest& request) {
  const auto visitor = reception_.receive(request);
  if (!visitor) return respond_.refuse({}, {visitor.refusal()});
  const auto room = named_room(request, table_);
  if (!room) return respond_.refuse(*visitor, {room.refusal()});
  if (const auto admitted = reception_.admit(request, *visitor); !admitted)
    return respond_.refuse(*visitor, {admitted.refusal(), path_of(*room)});
  const auto in = doors_.knock(*room, visitor->signed_in->account, request.form_value("passphrase"),
                               visitor->address);
  if (in) return visitor->is_script ? respond_.json(200, "{}") : respond_.go(path_of(*room));
  if (visitor->is_script) return respond_.refuse(*visitor, {in.refusal()});
  auto response = respond_.page(*visitor, facts(in.refusal()).http_status,
                                pages_.door(visitor->frame(), {*room, in.refusal(), {}}));
  if (const auto wait = retry_after(in.refusal()))
    response.with("Retry-After", std::to_string(wait->count()));
  return response;
}

tayori::HttpResponse DoorRoutes::find(const tayori::HttpRequest& request) {
  const auto handle = Handle::parse(request.query_value("handle"));
  if (handle) return respond_.go("/rooms/" + handle->text());
  const auto visitor = reception_.receive(request);
  if (!visitor) return respond_.refuse({}, {visitor.refusal()});
  return respond_.refuse(*visitor, {handle.refusal()});
}

tayori::HttpResponse DoorRoutes::rooms_of(const tayori::HttpRequest& request) {
  const auto visitor = reception_.receive(request);
  if (!visitor) return respond_.refuse({}, {visitor.refusal()});
  const auto owner = Handle::parse(request.path_value("owner"));
  if (!owner) return respond_.refuse(*visitor, {Refusal::no_such_person});
  const auto account = visitor->account();
  const auto listings = table_.list_of(*owner, account);
  if (!listings) return respond_.refuse(*visitor, {listings.refusal()});
  return respond_.page(*visitor, 200,
                       pages_.rooms_of(visitor->frame(), owner->text(), {*listings, account}));
}

}  // namespace retrochat
