#include "web/room_routes.h"

#include <array>
#include <boost/json/serialize.hpp>
#include <utility>

#include "people/base64.h"
#include "rooms/address.h"
#include "rooms/room_json.h"
#include "web/named_room.h"

namespace retrochat {
namespace {

/// A word for one rendering of the form to speak, so that the form sent twice is one line. Not made of the time: two pages may
/// be opened in the same moment, as when a browser brings its tabs back.
std::string fresh_once(const RandomBytes& random) {
  std::array<std::uint8_t, 16> bytes{};
  random(bytes);
  return base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace

RoomRoutes::RoomRoutes(RoomsTable& table, Rooms& rooms, const StrangerForms& forms,
                       Reception& reception, const Pages& pages, const Respond& respond,
                       Given given)
    : table_(table),
      rooms_(rooms),
      forms_(forms),
      reception_(reception),
      pages_(pages),
      respond_(respond),
      given_(std::move(given)) {}

void RoomRoutes::add_to(Routes& routes) {
  const std::string room = "/rooms/{owner}/{number}";
  const auto form = [this](Act act, Then then) {
    return
        [this, act, then](const tayori::HttpRequest& request) { return take(request, act, then); };
  };
  routes.push_back({"GET", room, [this](const auto& request) { return show(request); }});
  routes.push_back({"POST", room + "/poll", [this](const auto& request) { return poll(request); }});
  routes.push_back({"POST", room + "/speak", form(&RoomRoutes::speak, Then::room)});
  routes.push_back({"POST", room + "/away", form(&RoomRoutes::step_away, Then::room)});
  routes.push_back({"POST", room + "/back", form(&RoomRoutes::come_back, Then::room)});
  routes.push_back({"POST", room + "/leave", form(&RoomRoutes::leave, Then::home)});
  for (const char* act : {"/poll", "/speak", "/away", "/back", "/leave"}) {
    routes.push_back({"GET", room + act, [this](const auto& request) {
                        return lead_to_room(request, reception_, table_, respond_);
                      }});
  }
}

tayori::HttpResponse RoomRoutes::show(const tayori::HttpRequest& request) {
  const auto visitor = reception_.receive(request);
  if (!visitor) return respond_.refuse({}, {visitor.refusal()});
  const auto room = named_room(request, table_);
  if (!room) return respond_.refuse(*visitor, {room.refusal()});
  if (!visitor->signed_in) return at_the_door(request, *visitor, *room, Refusal::sign_in_first);
  const Account& who = visitor->signed_in->account;
  const auto visit = rooms_.enter(*room, who);
  if (!visit) return at_the_door(request, *visitor, *room, visit.refusal());
  return respond_.page(
      *visitor, 200,
      pages_.room(visitor->frame(), {*room, who, *visit, given_.clock(), given_.poll_every,
                                     fresh_once(given_.random)}));
}

tayori::HttpResponse RoomRoutes::guest_door(const tayori::HttpRequest& request,
                                            const Visitor& visitor, const Room& room) const {
  const auto slip = forms_.slip_for(request);
  auto page = respond_.page(
      visitor, 200, pages_.door(visitor.frame(), {room, Refusal::sign_in_first, slip.token}));
  forms_.hand_out(page, slip);
  return page;
}

tayori::HttpResponse RoomRoutes::at_the_door(const tayori::HttpRequest& request,
                                             const Visitor& visitor, const Room& room,
                                             Refusal refusal) const {
  if (visitor.is_script) return respond_.refuse(visitor, {refusal});
  switch (refusal) {
    case Refusal::sign_in_first: {
      const bool takes_guests =
          room.entry == RoomEntry::everyone || room.entry == RoomEntry::passphrase;
      if (visitor.signed_in || !takes_guests) return respond_.go(sign_in_path(path_of(room)));
      return guest_door(request, visitor, room);
    }
    case Refusal::removed_from_room:
    case Refusal::not_listed:
    case Refusal::room_closed:
    case Refusal::room_passphrase_missing:
      return respond_.page(visitor, facts(refusal).http_status,
                           pages_.door(visitor.frame(), {room, refusal, {}}));
    default: return respond_.refuse(visitor, {refusal});
  }
}

std::variant<RoomRoutes::Knock, tayori::HttpResponse> RoomRoutes::knock(
    const tayori::HttpRequest& request) {
  auto visitor = reception_.receive(request);
  if (!visitor) return respond_.refuse({}, {visitor.refusal()});
  auto room = named_room(request, table_);
  if (!room) return respond_.refuse(*visitor, {room.refusal()});
  if (const auto admitted = reception_.admit(request, *visitor); !admitted) {
    const std::string line = request.form_value("line");
    const bool to_desk = admitted.refusal() == Refusal::sign_in_first && !visitor->is_script;
    // What was written is given back first; from there the room leads to the desk too.
    if (to_desk && line.empty()) return respond_.go(sign_in_path(path_of(*room)));
    return respond_.refuse(*visitor, {admitted.refusal(), path_of(*room), line});
  }
  Account who = visitor->signed_in->account;
  return Knock{std::move(*visitor), std::move(who), std::move(*room)};
}

tayori::HttpResponse RoomRoutes::take(const tayori::HttpRequest& request, Act act, Then then) {
  auto knocked = knock(request);
  if (auto* turned_away = std::get_if<tayori::HttpResponse>(&knocked))
    return std::move(*turned_away);
  const auto& admitted = std::get<Knock>(knocked);
  const Done outcome = (this->*act)(admitted, request);
  if (!outcome) {
    return respond_.refuse(admitted.visitor,
                           {outcome.refusal(), path_of(admitted.room), request.form_value("line")});
  }
  if (admitted.visitor.is_script) return respond_.json(200, "{}");
  return respond_.go(then == Then::room ? path_of(admitted.room) : "/");
}

tayori::HttpResponse RoomRoutes::poll(const tayori::HttpRequest& request) {
  auto knocked = knock(request);
  if (auto* turned_away = std::get_if<tayori::HttpResponse>(&knocked))
    return std::move(*turned_away);
  const auto& [visitor, who, room] = std::get<Knock>(knocked);
  const PresentedTicket presented{request.form_value("channel_token"),
                                  request.form_value("channel_issued")};
  const auto visit = rooms_.poll(
      room, who, parse_event_number(request.form_value("after")).value_or(EventNumber{}),
      presented);
  if (!visit) return respond_.refuse(visitor, {visit.refusal(), path_of(room)});
  boost::json::object answer = snapshot_json(visit->snapshot);
  answer["room"] = room_json(room);
  if (visit->ticket) {
    answer["token"] = visit->ticket->token;
    answer["issued"] = visit->ticket->issued.time_since_epoch().count();
  }
  return respond_.json(200, boost::json::serialize(answer));
}

Done RoomRoutes::speak(const Knock& knock, const tayori::HttpRequest& request) {
  const auto line = Line::parse(request.form_value("line"));
  if (!line) return line.refusal();
  return rooms_.speak(knock.room, knock.who, *line, Once::parse(request.form_value("once")));
}

Done RoomRoutes::step_away(const Knock& knock, const tayori::HttpRequest& request) {
  const auto word = ShortText::away_word(request.form_value("word"));
  if (!word) return word.refusal();
  return rooms_.step_away(knock.room, knock.who, *word);
}

Done RoomRoutes::come_back(const Knock& knock, const tayori::HttpRequest& request) {
  const auto word = ShortText::away_word(request.form_value("word"));
  if (!word) return word.refusal();
  return rooms_.come_back(knock.room, knock.who, *word);
}

Done RoomRoutes::leave(const Knock& knock, const tayori::HttpRequest& /*request*/) {
  return rooms_.leave(knock.room, knock.who);
}

}  // namespace retrochat
