#include "web/account_routes.h"

#include "text/limits.h"
#include "web/begin_session.h"

namespace retrochat {
namespace {

/// What is shown again of a refused handle: one that could have been meant as one.
std::string shown_again(const std::string& handle) {
  const auto parsed = Handle::parse(handle);
  return parsed ? parsed->text()
                : handle.substr(0, handle.size() <= limits::kHandleChars ? handle.size() : 0);
}

}  // namespace

AccountRoutes::AccountRoutes(Accounts& accounts, Sessions& sessions, Rooms& rooms,
                             Reception& reception, const AccountPages& pages,
                             const Respond& respond, const StrangerForms& forms,
                             LocalAccounts local)
    : accounts_(accounts),
      sessions_(sessions),
      rooms_(rooms),
      reception_(reception),
      pages_(pages),
      respond_(respond),
      forms_(forms),
      local_(local) {}

void AccountRoutes::add_to(Routes& routes) {
  routes.push_back(
      {"GET", "/sign-up", [this](const auto& request) { return show(Desk::sign_up, request); }});
  routes.push_back(
      {"POST", "/sign-up", [this](const auto& request) { return take(Desk::sign_up, request); }});
  routes.push_back(
      {"GET", "/sign-in", [this](const auto& request) { return show(Desk::sign_in, request); }});
  routes.push_back(
      {"POST", "/sign-in", [this](const auto& request) { return take(Desk::sign_in, request); }});
  routes.push_back(
      {"POST", "/sign-out", [this](const auto& request) { return sign_out(request); }});
  routes.push_back({"GET", "/sign-out", [this](const auto&) { return respond_.go("/"); }});
}

tayori::HttpResponse AccountRoutes::show(Desk desk, const tayori::HttpRequest& request) {
  const auto visitor = reception_.receive(request);
  if (!visitor) return respond_.refuse({}, {visitor.refusal()});
  const LocalPath to = LocalPath::from(request.query_value("to"));
  // A guest may well want to become somebody.
  if (visitor->signed_in && !visitor->signed_in->account.is_guest) return respond_.go(to.text());
  return form(desk, request, *visitor, to, {});
}

tayori::HttpResponse AccountRoutes::take(Desk desk, const tayori::HttpRequest& request) {
  const auto visitor = reception_.receive(request);
  if (!visitor) return respond_.refuse({}, {visitor.refusal()});
  if (const auto admitted = reception_.admit_stranger(request); !admitted) {
    return respond_.refuse(*visitor, {admitted.refusal()});
  }
  if (const auto own = forms_.admit(request); !own) {
    return respond_.refuse(*visitor, {own.refusal(), "/sign-in"});
  }
  if (local_ == LocalAccounts::off)
    return respond_.refuse(*visitor, {Refusal::no_local_accounts, "/sign-in"});
  const LocalPath to = LocalPath::from(request.form_value("to"));
  const std::string handle = request.form_value("handle");
  const std::string passphrase = request.form_value("passphrase");
  const auto account = desk == Desk::sign_up
                           ? accounts_.sign_up(handle, passphrase, visitor->address)
                           : accounts_.sign_in(handle, passphrase, visitor->address);
  if (account) return begin_session(sessions_, respond_, *visitor, *account, to);
  if (visitor->is_script) return respond_.refuse(*visitor, {account.refusal()});
  const Refusal refusal = account.refusal();
  auto response = form(desk, request, *visitor, to, {shown_again(handle), refusal});
  if (const auto wait = retry_after(refusal))
    response.with("Retry-After", std::to_string(wait->count()));
  return response;
}

tayori::HttpResponse AccountRoutes::sign_out(const tayori::HttpRequest& request) {
  const auto visitor = reception_.receive(request);
  if (!visitor) return respond_.refuse({}, {visitor.refusal()});
  if (!visitor->signed_in) return respond_.go("/");
  if (const auto admitted = reception_.admit(request, *visitor); !admitted) {
    return respond_.refuse(*visitor, {admitted.refusal()});
  }
  if (const auto left = rooms_.leave_all(visitor->signed_in->account); !left) {
    return respond_.refuse(*visitor, {left.refusal()});
  }
  if (const auto ended = sessions_.end(visitor->signed_in->session); !ended) {
    return respond_.refuse(*visitor, {ended.refusal()});
  }
  auto response = respond_.go("/");
  respond_.clear_session(response);
  return response;
}

tayori::HttpResponse AccountRoutes::form(Desk desk, const tayori::HttpRequest& request,
                                         const Visitor& visitor, const LocalPath& to,
                                         FormState state) const {
  const auto slip = forms_.slip_for(request);
  state.stranger_token = slip.token;
  const int status = state.refusal ? facts(*state.refusal).http_status : 200;
  auto response = respond_.page(visitor, status,
                                desk == Desk::sign_up ? pages_.sign_up(visitor.frame(), to, state)
                                                      : pages_.sign_in(visitor.frame(), to, state));
  forms_.hand_out(response, slip);
  return response;
}

}  // namespace retrochat
