// Identity routes: signing in through others, from the key on the page to the session.
//
//   GET  /sign-in/with/{provider}            leaves for the provider
//   GET  /sign-in/with/{provider}/callback   where the provider sends people back to
//   GET, POST /sign-in/choose-handle         for newcomers whose screen name cannot be their handle here
//
// What is remembered meanwhile is sealed in the browser's cookies for ten minutes. Only one such way is open at a time in a
// browser: with one each, another site could fill the cookie jar until requests are refused for their length.
//
// A provider's word gives access to the account it made, and never to one that merely has the same handle.
//
// Threads: any, once made.
// Source:  docs/how-to/sign-in-through-others.md
#pragma once

#include <optional>

#include "identity/newcomer.h"
#include "identity/relying_party.h"
#include "pages/account_pages.h"
#include "people/cookie_key.h"
#include "people/rate.h"
#include "store/identities_table.h"
#include "web/respond.h"
#include "web/routes.h"

namespace retrochat {

class IdentityRoutes {
 public:
  /// What the routes stand on; all of it outlives them.
  struct Ground {
    RelyingParty& party;
    IdentitiesTable& table;
    Sessions& sessions;
    Reception& reception;
    const Site& site;
    const CookieKey& key;
    const AccountPages& pages;
    const Respond& respond;
    Clock clock;
    RandomBytes random;
  };
  explicit IdentityRoutes(Ground ground) : on_(std::move(ground)) {}

  void add_to(Routes& routes);

 private:
  tayori::HttpResponse depart(const tayori::HttpRequest& request);
  tayori::HttpResponse land(const tayori::HttpRequest& request);
  tayori::HttpResponse show_choice(const tayori::HttpRequest& request);
  tayori::HttpResponse take_choice(const tayori::HttpRequest& request);

  tayori::HttpResponse welcome(const Visitor& visitor, const Flight& flight,
                               const ProvenIdentity& proven);
  tayori::HttpResponse ask_for_handle(const Flight& flight, const ProvenIdentity& proven);
  tayori::HttpResponse choice(const Visitor& visitor, const tayori::HttpRequest& request,
                              const Newcomer& newcomer, int status, const FormState& form);
  /// Any refusal of Handle; handle_taken, too_many_sign_ups, sign_in_stale.
  Answer<Account> settle(const Identity& identity, std::string_view handle, std::string_view peer);

  [[nodiscard]] std::optional<Flight> flight_of(const tayori::HttpRequest& request) const;
  [[nodiscard]] std::optional<Newcomer> newcomer_of(const tayori::HttpRequest& request) const;

  const Ground on_;
  Rate departures_{limits::kProviderSignInsOfPeer, limits::kSignInWindow};
  Rate landings_{limits::kProviderSignInsOfPeer, limits::kSignInWindow};
  Rate sign_ups_{limits::kSignUpsOfPeer, limits::kSignUpWindow};
};

}  // namespace retrochat
