// RelyingParty: sends people to a provider, and finds out who comes back.
//
// Authorization code with PKCE. Whatever the provider says is checked before it counts: the state, its name when it gives
// one, the ID token (identity/id_token.h), and that the user info is of the same person.
//
// At most limits::kProviderTalksAtOnce requests are answered with a provider's help at one time; further ones are refused
// with provider_silent, so that a slow provider does not hold all workers.
//
// Threads: any. Blocks while a provider is asked.
// Source:  OpenID Connect Core 1.0; RFC 6749, 7636, 9207, 9700
#pragma once

#include <boost/json/object.hpp>
#include <semaphore>
#include <string>
#include <string_view>
#include <vector>

#include "identity/flight.h"
#include "identity/provider.h"
#include "identity/provider_facts.h"
#include "store/identities_table.h"

namespace retrochat {

/// What the query says with which somebody comes back.
struct Landing {
  std::string state;
  std::string code;
  /// The provider's name of itself, if it gives one.
  std::string issuer;
  /// RFC 6749 section 4.1.2.1, such as "access_denied".
  std::string error;
};

struct ProvenIdentity {
  Identity identity;
  /// As the provider spells it; may be anything.
  std::string screen_name;
};

class RelyingParty {
 public:
  RelyingParty(std::vector<Provider> providers, WebExchange exchange, Clock clock, Report report);

  [[nodiscard]] const std::vector<Provider>& providers() const { return providers_; }
  /// Null when there is none.
  [[nodiscard]] const Provider* find(std::string_view id) const;

  /// The provider's address that `flight` goes to. provider_silent, provider_not_believed.
  Answer<std::string> depart(const Provider& provider, const Flight& flight);

  /// sign_in_stale, sign_in_cancelled, provider_silent, provider_not_believed.
  Answer<ProvenIdentity> arrive(const Provider& provider, const Flight& flight,
                                const Landing& landing);

 private:
  using Claims = boost::json::object;

  Answer<ProvenIdentity> ask(const Provider& provider, const Flight& flight,
                             const Landing& landing);
  Answer<Claims> exchange_code(const Provider& provider, const Endpoints& endpoints,
                               const Flight& flight, const std::string& code);
  Answer<Claims> verify(const Provider& provider, const Endpoints& endpoints, const Flight& flight,
                        const std::string& id_token);
  Answer<Claims> user_info(const Provider& provider, const Endpoints& endpoints,
                           const std::string& access_token);
  Answer<Claims> ask_for_json(const Provider& provider, const WebRequest& request,
                              std::string_view what);
  Refusal disbelieve(const Provider& provider, const std::string& why);
  void tell(const std::string& provider, const std::string& what);

  const std::vector<Provider> providers_;
  const WebExchange exchange_;
  const Clock clock_;
  const Report report_;
  Rate told_{limits::kTroublesTold, std::chrono::minutes{1}};
  /// States that have come back: each does so once, even from a browser that keeps its cookie.
  Rate spent_{1, limits::kSignInUnderWay};
  ProviderFacts facts_;
  std::counting_semaphore<limits::kProviderTalksAtOnce> talks_{limits::kProviderTalksAtOnce};
};

}  // namespace retrochat
