#include "web/identity_routes.h"

#include "people/reserved_handles.h"
#include "text/handle.h"
#include "text/limits.h"
#include "web/begin_session.h"

namespace retrochat {
namespace {

constexpr std::string_view kFlight = "sign-in under way";
constexpr std::string_view kNewcomer = "newcomer";
constexpr const char* kSignIn = "/sign-in";
constexpr const char* kChoice = "/sign-in/choose-handle";

std::string callback_path(const Provider& provider) {
  return "/sign-in/with/" + provider.id + "/callback";
}

Landing landing_of(const tayori::HttpRequest& request) {
  return {request.query_value("state"), request.query_value("code"), request.query_value("iss"),
          request.query_value("error")};
}

}  // namespace

void IdentityRoutes::add_to(Routes& routes) {
  routes.push_back(
      {"GET", "/sign-in/with/{provider}", [this](const auto& request) { return depart(request); }});
  routes.push_back({"GET", "/sign-in/with/{provider}/callback",
                    [this](const auto& request) { return land(request); }});
  routes.push_back({"GET", kChoice, [this](const auto& request) { return show_choice(request); }});
  routes.push_back({"POST", kChoice, [this](const auto& request) { return take_choice(request); }});
}

tayori::HttpResponse IdentityRoutes::depart(const tayori::HttpRequest& request) {
  const auto visitor = on_.reception.receive(request);
  if (!visitor) return on_.respond.refuse({}, {visitor.refusal()});
  const Provider* provider = on_.party.find(request.path_value("provider"));
  if (provider == nullptr) return on_.respond.refuse(*visitor, {Refusal::no_such_page});
  const LocalPath to = LocalPath::from(request.query_value("to"));
  if (visitor->signed_in && !visitor->signed_in->account.is_guest) return on_.respond.go(to.text());
  if (!departures_.take(visitor->address, on_.clock()))
    return on_.respond.refuse(*visitor, {Refusal::too_many_attempts, kSignIn});
  const Flight flight =
      Flight::begin(provider->id, on_.site.address(callback_path(*provider), request.field("Host")),
                    to, on_.random);
  const auto address = on_.party.depart(*provider, flight);
  if (!address) return on_.respond.refuse(*visitor, {address.refusal(), kSignIn});
  auto response = on_.respond.go(*address);
  on_.respond.set_cookie(
      response, on_.site.flight_cookie(),
      on_.key.seal(kFlight, flight.text(), on_.clock() + limits::kSignInUnderWay, on_.random),
      limits::kSignInUnderWay);
  return response;
}

tayori::HttpResponse IdentityRoutes::land(const tayori::HttpRequest& request) {
  const auto visitor = on_.reception.receive(request);
  if (!visitor) return on_.respond.refuse({}, {visitor.refusal()});
  const Provider* provider = on_.party.find(request.path_value("provider"));
  if (provider == nullptr) return on_.respond.refuse(*visitor, {Refusal::no_such_page});
  if (!landings_.take(visitor->address, on_.clock()))
    return on_.respond.refuse(*visitor, {Refusal::too_many_attempts, kSignIn});
  const auto flight = flight_of(request);
  if (!flight) return on_.respond.refuse(*visitor, {Refusal::sign_in_stale, kSignIn});
  const auto proven = on_.party.arrive(*provider, *flight, landing_of(request));
  auto response = proven ? welcome(*visitor, *flight, *proven)
                         : on_.respond.refuse(*visitor, {proven.refusal(), kSignIn});
  // Somebody else's link back must not end what is under way here.
  const bool is_over = proven || proven.refusal() != Refusal::sign_in_stale;
  if (is_over) on_.respond.set_cookie(response, on_.site.flight_cookie(), "", {});
  return response;
}

tayori::HttpResponse IdentityRoutes::welcome(const Visitor& visitor, const Flight& flight,
                                             const ProvenIdentity& proven) {
  const auto known = on_.table.find(proven.identity);
  if (!known) return on_.respond.refuse(visitor, {known.refusal(), kSignIn});
  if (*known) {
    landings_.give_back(visitor.address);
    return begin_session(on_.sessions, on_.respond, visitor, **known, flight.to);
  }
  const auto account = settle(proven.identity, proven.screen_name, visitor.address);
  if (account) return begin_session(on_.sessions, on_.respond, visitor, *account, flight.to);
  if (account.refusal() == Refusal::trouble || account.refusal() == Refusal::too_many_sign_ups)
    return on_.respond.refuse(visitor, {account.refusal(), kSignIn});
  return ask_for_handle(flight, proven);
}

tayori::HttpResponse IdentityRoutes::ask_for_handle(const Flight& flight,
                                                    const ProvenIdentity& proven) {
  const Newcomer newcomer{flight.provider, proven.identity.subject, shown_name(proven.screen_name),
                          flight.to};
  auto response = on_.respond.go(kChoice);
  on_.respond.set_cookie(
      response, on_.site.newcomer_cookie(),
      on_.key.seal(kNewcomer, newcomer.text(), on_.clock() + limits::kSignInUnderWay, on_.random),
      limits::kSignInUnderWay);
  return response;
}

tayori::HttpResponse IdentityRoutes::show_choice(const tayori::HttpRequest& request) {
  const auto visitor = on_.reception.receive(request);
  if (!visitor) return on_.respond.refuse({}, {visitor.refusal()});
  const auto newcomer = newcomer_of(request);
  if (!newcomer) return on_.respond.refuse(*visitor, {Refusal::sign_in_stale, kSignIn});
  return choice(*visitor, request, *newcomer, 200, {handle_out_of(newcomer->screen_name), {}});
}

tayori::HttpResponse IdentityRoutes::take_choice(const tayori::HttpRequest& request) {
  const auto visitor = on_.reception.receive(request);
  if (!visitor) return on_.respond.refuse({}, {visitor.refusal()});
  if (const auto own = on_.reception.admit_stranger(request); !own)
    return on_.respond.refuse(*visitor, {own.refusal()});
  const auto newcomer = newcomer_of(request);
  if (!newcomer) return on_.respond.refuse(*visitor, {Refusal::sign_in_stale, kSignIn});
  if (!on_.key.is_form_token(request.form_value("form_token"),
                             request.cookie(on_.site.newcomer_cookie())))
    return on_.respond.refuse(*visitor, {Refusal::form_expired, kChoice});
  const std::string handle = request.form_value("handle");
  const Identity identity{on_.party.find(newcomer->provider)->authority(), newcomer->subject};
  const auto account = settle(identity, handle, visitor->address);
  if (account) {
    auto response = begin_session(on_.sessions, on_.respond, *visitor, *account, newcomer->to);
    on_.respond.set_cookie(response, on_.site.newcomer_cookie(), "", {});
    return response;
  }
  const Refusal refusal = account.refusal();
  if (visitor->is_script || refusal == Refusal::sign_in_stale)
    return on_.respond.refuse(*visitor, {refusal, kSignIn});
  const auto parsed = Handle::parse(handle);
  return choice(*visitor, request, *newcomer, facts(refusal).http_status,
                {parsed ? parsed->text() : handle_out_of(handle), refusal});
}

tayori::HttpResponse IdentityRoutes::choice(const Visitor& visitor,
                                            const tayori::HttpRequest& request,
                                            const Newcomer& newcomer, int status,
                                            const FormState& form) {
  const NewcomerView view{*on_.party.find(newcomer.provider), newcomer.screen_name};
  FormState bound = form;
  bound.stranger_token = on_.key.form_token(request.cookie(on_.site.newcomer_cookie()));
  return on_.respond.page(visitor, status, on_.pages.choose_handle(visitor.frame(), view, bound));
}

Answer<Account> IdentityRoutes::settle(const Identity& identity, std::string_view handle_text,
                                       std::string_view peer) {
  const auto handle = Handle::parse(handle_text);
  if (!handle) return handle.refusal();
  if (is_reserved(*handle)) return Refusal::handle_taken;
  if (!sign_ups_.take(peer, on_.clock())) return Refusal::too_many_sign_ups;
  return on_.table.add(identity, *handle, on_.clock());
}

std::optional<Flight> IdentityRoutes::flight_of(const tayori::HttpRequest& request) const {
  const auto text = on_.key.open(kFlight, request.cookie(on_.site.flight_cookie()), on_.clock());
  return text ? Flight::parse(*text) : std::nullopt;
}

std::optional<Newcomer> IdentityRoutes::newcomer_of(const tayori::HttpRequest& request) const {
  const auto text =
      on_.key.open(kNewcomer, request.cookie(on_.site.newcomer_cookie()), on_.clock());
  auto newcomer = text ? Newcomer::parse(*text) : std::nullopt;
  // The provider may have been taken out of the file since.
  if (newcomer && on_.party.find(newcomer->provider) == nullptr) return std::nullopt;
  return newcomer;
}

}  // namespace retrochat
