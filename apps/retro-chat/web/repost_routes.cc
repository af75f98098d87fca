#include "web/repost_routes.h"

#include <algorithm>
#include <utility>

#include "reposts/repost_lists.h"
#include "reposts/webhook_signature.h"
#include "rooms/address.h"
#include "text/limits.h"
#include "web/named_room.h"

namespace retrochat {
namespace {

/// Nothing that could end a field of HTTP.
bool is_token(const std::string& text) {
  return !text.empty() && text.size() <= limits::kRepostTokenBytes &&
         std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
}

Answer<RepostTarget> wanted(const tayori::HttpRequest& request, Reach reach) {
  const auto kind = repost_kind_of(request.form_value("kind"));
  if (!kind) return Refusal::repost_address_bad;
  RepostTarget target{*kind};
  if (*kind == RepostKind::x) return target;
  const std::string typed = request.form_value("address");
  auto address = *kind == RepostKind::mastodon ? parse_instance(typed, reach)
                                               : parse_webhook_address(typed, reach);
  if (!address) return address.refusal();
  target.address = std::move(*address);
  if (*kind == RepostKind::webhook) return target;
  const std::string asked = request.form_value("visibility");
  target.visibility = asked == "unlisted" || asked == "private" ? asked : "public";
  return target;
}

}  // namespace

RepostRoutes::RepostRoutes(RoomsTable& rooms, Doors& doors, Reception& reception,
                           const Templates& templates, const Respond& respond, Desk desk)
    : rooms_(rooms),
      doors_(doors),
      reception_(reception),
      templates_(templates),
      respond_(respond),
      desk_(std::move(desk)) {}

void RepostRoutes::add_to(Routes& routes) {
  const std::string room = "/rooms/{owner}/{number}";
  const std::string own = room + "/reposting";
  routes.push_back({"GET", own, [this](const auto& request) { return show(request); }});
  routes.push_back({"POST", own, [this](const auto& request) { return save(request); }});
  const auto form = [&](const char* name, Act act) {
    routes.push_back(
        {"POST", own + name, [this, act](const auto& request) { return take(request, act); }});
    routes.push_back({"GET", own + name, [this](const auto& request) { return show(request); }});
  };
  form("/switch", &RepostRoutes::turn);
  form("/test", &RepostRoutes::test);
  form("/forget", &RepostRoutes::forget);
  routes.push_back({"GET", room + "/urls.txt",
                    [this](const auto& request) { return list(request, &url_list); }});
  routes.push_back({"GET", room + "/hatena.txt",
                    [this](const auto& request) { return list(request, &hatena_list); }});
}

std::variant<RepostRoutes::Owner, tayori::HttpResponse> RepostRoutes::owner_of(
    const tayori::HttpRequest& request, Sent sent) {
  auto visitor = reception_.receive(request);
  if (!visitor) return respond_.refuse({}, {visitor.refusal()});
  auto room = named_room(request, rooms_);
  if (!room) return respond_.refuse(*visitor, {room.refusal()});
  if (sent == Sent::form) {
    if (const auto admitted = reception_.admit(request, *visitor); !admitted)
      return respond_.refuse(*visitor, {admitted.refusal(), path_of(*room) + "/reposting"});
  }
  if (!visitor->signed_in) {
    if (visitor->is_script) return respond_.refuse(*visitor, {Refusal::sign_in_first});
    return respond_.go(sign_in_path(path_of(*room) + "/reposting"));
  }
  if (visitor->signed_in->account.id != room->owner.id)
    return respond_.refuse(*visitor, {Refusal::repost_owner_only, path_of(*room)});
  return Owner{std::move(*visitor), std::move(*room)};
}

tayori::HttpResponse RepostRoutes::page(const Owner& owner, const std::string& new_secret,
                                        std::optional<Refusal> refusal) {
  const RoomId room = owner.room.id;
  auto target = desk_.reposts.target(room);
  auto newest = desk_.reposts.newest(room, limits::kRepostsShown);
  const auto counts = desk_.reposts.counts(room);
  if (!target || !newest || !counts) return respond_.refuse(owner.visitor, {Refusal::trouble});
  const int status = refusal ? facts(*refusal).http_status : 200;
  return respond_.page(owner.visitor, status,
                       reposting_page(templates_, owner.visitor.frame(),
                                      {owner.room, std::move(*target), std::move(*newest), *counts,
                                       desk_.clock(), new_secret, refusal}));
}

tayori::HttpResponse RepostRoutes::show(const tayori::HttpRequest& request) {
  auto owner = owner_of(request, Sent::page);
  if (auto* refused = std::get_if<tayori::HttpResponse>(&owner)) return std::move(*refused);
  return page(std::get<Owner>(owner), "", std::nullopt);
}

tayori::HttpResponse RepostRoutes::save(const tayori::HttpRequest& request) {
  auto sent = owner_of(request, Sent::form);
  if (auto* refused = std::get_if<tayori::HttpResponse>(&sent)) return std::move(*refused);
  const auto& owner = std::get<Owner>(sent);
  const auto secret = set_target(owner, request);
  tell(owner.room, request);
  if (!secret && owner.visitor.is_script) return respond_.refuse(owner.visitor, {secret.refusal()});
  if (!secret) return page(owner, "", secret.refusal());
  // A secret is shown in the answer itself: after a redirection it would have to be kept in readable form.
  if (!secret->empty()) return page(owner, *secret, std::nullopt);
  return respond_.go(path_of(owner.room) + "/reposting");
}

Answer<std::string> RepostRoutes::set_target(const Owner& owner,
                                             const tayori::HttpRequest& request) {
  auto target = wanted(request, desk_.reach);
  if (!target) return target.refusal();
  const auto present = desk_.reposts.target(owner.room.id);
  if (!present) return present.refusal();
  const bool is_same =
      *present && (*present)->kind == target->kind && (*present)->address == target->address;
  std::string token = request.form_value("token");
  std::string made;
  if (target->kind == RepostKind::webhook) {
    token.clear();
    if (!is_same || !request.form_value("new_secret").empty()) token = made = new_webhook_secret();
  }
  // An old token never goes to a new place.
  if (token.empty() && is_same)
    target->sealed = (*present)->sealed;
  else if (is_token(token))
    target->sealed = desk_.box.seal(token);
  else
    return Refusal::repost_token_bad;
  const auto stored = desk_.reposts.set_target(owner.room.id, *target);
  if (!stored) return stored.refusal();
  return made;
}

tayori::HttpResponse RepostRoutes::take(const tayori::HttpRequest& request, Act act) {
  auto sent = owner_of(request, Sent::form);
  if (auto* refused = std::get_if<tayori::HttpResponse>(&sent)) return std::move(*refused);
  const auto& owner = std::get<Owner>(sent);
  const std::string back = path_of(owner.room) + "/reposting";
  const Done outcome = (this->*act)(owner, request);
  tell(owner.room, request);
  if (!outcome) return respond_.refuse(owner.visitor, {outcome.refusal(), back});
  return owner.visitor.is_script ? respond_.json(200, "{}") : respond_.go(back);
}

Done RepostRoutes::turn(const Owner& owner, const tayori::HttpRequest& request) {
  const bool is_on = request.form_value("on") == "1";
  return desk_.reposts.turn(owner.room.id,
                            is_on ? RepostsTable::Switch::on : RepostsTable::Switch::off);
}

Done RepostRoutes::test(const Owner& owner, const tayori::HttpRequest& /*request*/) {
  if (!tests_.take(std::to_string(owner.room.owner.id.value), desk_.clock()))
    return Refusal::repost_tests_too_fast;
  // With the time in it, as X refuses a text that it has had before.
  const auto now = desk_.clock();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  const std::string line = "れとろ・ちゃっと / Retro Chat test " + std::to_string(seconds);
  return desk_.reposts.add_test(owner.room.id, owner.room.owner.handle, line, now);
}

Done RepostRoutes::forget(const Owner& owner, const tayori::HttpRequest& /*request*/) {
  return desk_.reposts.forget_target(owner.room.id);
}

void RepostRoutes::tell(const Room& before, const tayori::HttpRequest& request) {
  const auto now = named_room(request, rooms_);
  if (now && now->posts_on() != before.posts_on()) static_cast<void>(desk_.inside.altered(*now));
}

tayori::HttpResponse RepostRoutes::list(const tayori::HttpRequest& request, List made) {
  const auto visitor = reception_.receive(request);
  if (!visitor) return respond_.refuse({}, {visitor.refusal()});
  const auto room = named_room(request, rooms_);
  if (!room) return respond_.refuse(*visitor, {room.refusal()});
  if (const auto may = doors_.may_enter(*room, visitor->account()); !may) {
    if (may.refusal() == Refusal::sign_in_first && !visitor->is_script)
      return respond_.go(sign_in_path(path_of(*room)));
    return respond_.refuse(*visitor, {may.refusal(), path_of(*room)});
  }
  const auto reposts = desk_.reposts.with_url(room->id);
  if (!reposts) return respond_.refuse(*visitor, {reposts.refusal()});
  return respond_.text(200, made(*reposts));
}

}  // namespace retrochat
