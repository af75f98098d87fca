#include "web/owner_routes.h"

#include "rooms/address.h"
#include "web/named_room.h"
#include "web/room_form.h"

namespace retrochat {

void OwnerRoutes::add_to(Routes& routes) {
  const std::string room = "/rooms/{owner}/{number}";
  const auto form = [this](Act act) {
    return [this, act](const tayori::HttpRequest& request) { return take(request, act); };
  };
  routes.push_back(
      {"GET", "/rooms/new", [this](const auto& request) { return show_new(request); }});
  routes.push_back(
      {"POST", "/rooms/new", [this](const auto& request) { return take_new(request); }});
  routes.push_back({"POST", room + "/settings", form(&OwnerRoutes::alter)});
  routes.push_back({"POST", room + "/remove", form(&OwnerRoutes::show_out)});
  routes.push_back({"POST", room + "/readmit", form(&OwnerRoutes::let_in_again)});
  routes.push_back({"POST", room + "/delete", form(&OwnerRoutes::erase)});
  // A form's address opened as a page, as by reloading a refusal, leads to the settings too.
  for (const char* page : {"/settings", "/remove", "/readmit", "/delete"}) {
    routes.push_back(
        {"GET", room + page, [this](const auto& request) { return show_settings(request); }});
  }
}

tayori::HttpResponse OwnerRoutes::show_new(const tayori::HttpRequest& request) {
  const auto visitor = reception_.receive(request);
  if (!visitor) return respond_.refuse({}, {visitor.refusal()});
  if (!visitor->signed_in) return respond_.go(sign_in_path("/rooms/new"));
  if (visitor->signed_in->account.is_guest)
    return respond_.refuse(*visitor, {Refusal::guests_own_nothing});
  return respond_.page(*visitor, 200, pages_.new_room(visitor->frame(), {}));
}

tayori::HttpResponse OwnerRoutes::take_new(const tayori::HttpRequest& request) {
  const auto visitor = reception_.receive(request);
  if (!visitor) return respond_.refuse({}, {visitor.refusal()});
  if (const auto admitted = reception_.admit(request, *visitor); !admitted)
    return respond_.refuse(*visitor, {admitted.refusal(), "/rooms/new"});
  const auto wishes = read_room_form(request, RoomEntry::signed_in);
  const auto room = wishes ? keeping_.open(visitor->signed_in->account, *wishes) : wishes.refusal();
  if (room) return respond_.go(path_of(*room));
  if (visitor->is_script) return respond_.refuse(*visitor, {room.refusal()});
  const RoomForm shown = shown_again(request, RoomEntry::signed_in, room.refusal());
  return respond_.page(*visitor, facts(room.refusal()).http_status,
                       pages_.new_room(visitor->frame(), shown));
}

tayori::HttpResponse OwnerRoutes::show_settings(const tayori::HttpRequest& request) {
  const auto visitor = reception_.receive(request);
  if (!visitor) return respond_.refuse({}, {visitor.refusal()});
  const auto room = named_room(request, table_);
  if (!room) return respond_.refuse(*visitor, {room.refusal()});
  if (!visitor->signed_in) return respond_.go(sign_in_path(path_of(*room) + "/settings"));
  const auto books = keeping_.books(*room, visitor->signed_in->account);
  if (!books) return respond_.refuse(*visitor, {books.refusal(), path_of(*room)});
  const RoomForm form = form_of(*room, books->listed);
  return respond_.page(*visitor, 200, pages_.settings(visitor->frame(), {*room, *books, form}));
}

tayori::HttpResponse OwnerRoutes::take(const tayori::HttpRequest& request, Act act) {
  const auto visitor = reception_.receive(request);
  if (!visitor) return respond_.refuse({}, {visitor.refusal()});
  const auto room = named_room(request, table_);
  if (!room) return respond_.refuse(*visitor, {room.refusal()});
  const std::string settings = path_of(*room) + "/settings";
  if (const auto admitted = reception_.admit(request, *visitor); !admitted)
    return respond_.refuse(*visitor, {admitted.refusal(), settings});
  return (this->*act)({request, *visitor, visitor->signed_in->account, *room});
}

tayori::HttpResponse OwnerRoutes::alter(const Form& form) {
  const auto wishes = read_room_form(form.request, form.room.entry);
  const Done altered =
      wishes ? keeping_.alter(form.room, form.who, *wishes) : Done(wishes.refusal());
  const auto books = keeping_.books(form.room, form.who);
  if (altered || !books || form.visitor.is_script) return answer(form, altered, path_of(form.room));
  const RoomForm shown = shown_again(form.request, form.room.entry, altered.refusal());
  return respond_.page(form.visitor, facts(altered.refusal()).http_status,
                       pages_.settings(form.visitor.frame(), {form.room, *books, shown}));
}

tayori::HttpResponse OwnerRoutes::show_out(const Form& form) {
  const auto out = keeping_.show_out(form.room, form.who, form.request.form_value("handle"));
  return answer(form, out, path_of(form.room) + "/settings");
}

tayori::HttpResponse OwnerRoutes::let_in_again(const Form& form) {
  const auto in = keeping_.let_in_again(form.room, form.who, form.request.form_value("handle"));
  return answer(form, in, path_of(form.room) + "/settings");
}

tayori::HttpResponse OwnerRoutes::erase(const Form& form) {
  if (form.request.form_value("sure") != "on")
    return answer(form, Refusal::delete_not_confirmed, "/");
  return answer(form, keeping_.erase(form.room, form.who), "/");
}

tayori::HttpResponse OwnerRoutes::answer(const Form& form, const Done& outcome,
                                         const std::string& then) const {
  if (!outcome)
    return respond_.refuse(form.visitor, {outcome.refusal(), path_of(form.room) + "/settings"});
  return form.visitor.is_script ? respond_.json(200, "{}") : respond_.go(then);
}

}  // namespace retrochat
