#include "identity/relying_party.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "identity/claims.h"
#include "identity/id_token.h"
#include "people/base64.h"

namespace retrochat {
namespace {

/// One of the places of a semaphore, if one was free.
class Talk {
 public:
  using Places = std::counting_semaphore<limits::kProviderTalksAtOnce>;
  explicit Talk(Places& places) : places_(places), is_held_(places.try_acquire()) {}
  ~Talk() {
    if (is_held_) places_.release();
  }
  Talk(const Talk&) = delete;
  Talk& operator=(const Talk&) = delete;
  [[nodiscard]] bool is_held() const { return is_held_; }

 private:
  Places& places_;
  const bool is_held_;
};

bool are_equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string with_query(const std::string& address, const std::vector<tayori::HttpField>& query) {
  const char* joint = address.find('?') == std::string::npos ? "?" : "&";
  return address + joint + form_encoded(query);
}

/// RFC 6749 section 2.3.1: both parts are escaped first, as either may hold a colon.
std::string basic_credentials(const Provider& provider) {
  const auto escaped = [](const std::string& text) { return form_encoded({{"", text}}).substr(1); };
  return "Basic " + base64(escaped(provider.client_id) + ":" + escaped(provider.client_secret));
}

WebRequest token_request(const Provider& provider, const Endpoints& endpoints, const Flight& flight,
                         const std::string& code) {
  WebRequest request{.method = "POST", .url = endpoints.token};
  request.fields = {{"Accept", "application/json"},
                    {"Content-Type", "application/x-www-form-urlencoded"}};
  std::vector<tayori::HttpField> form{{"grant_type", "authorization_code"},
                                      {"code", code},
                                      {"redirect_uri", flight.redirect_uri},
                                      {"code_verifier", flight.verifier}};
  const bool is_basic =
      !provider.client_secret.empty() && endpoints.client_auth == ClientAuth::basic;
  if (is_basic) {
    request.fields.push_back({"Authorization", basic_credentials(provider)});
  } else {
    form.push_back({"client_id", provider.client_id});
    if (!provider.client_secret.empty()) form.push_back({"client_secret", provider.client_secret});
  }
  request.body = form_encoded(form);
  return request;
}

/// What stands behind "Bearer" must not begin a field of its own.
bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& each : words) all.append(all.empty() ? "" : " ").append(each);
  return all;
}

}  // namespace

RelyingParty::RelyingParty(std::vector<Provider> providers, WebExchange exchange, Clock clock,
                           Report report)
    : providers_(std::move(providers)),
      exchange_(std::move(exchange)),
      clock_(std::move(clock)),
      report_(std::move(report)),
      facts_(exchange_, clock_,
             [this](const auto& provider, const auto& what) { tell(provider, what); }) {}

const Provider* RelyingParty::find(std::string_view id) const {
  const auto found = std::ranges::find(providers_, id, &Provider::id);
  return found == providers_.end() ? nullptr : &*found;
}

Answer<std::string> RelyingParty::depart(const Provider& provider, const Flight& flight) {
  const Talk talk(talks_);
  if (!talk.is_held()) return Refusal::provider_silent;
  const auto endpoints = facts_.endpoints(provider);
  if (!endpoints) return endpoints.refusal();
  std::vector<tayori::HttpField> query{{"response_type", "code"},
                                       {"client_id", provider.client_id},
                                       {"redirect_uri", flight.redirect_uri},
                                       {"scope", joined(provider.scopes)},
                                       {"state", flight.state},
                                       {"code_challenge", flight.challenge()},
                                       {"code_challenge_method", "S256"}};
  if (provider.is_openid()) query.push_back({"nonce", flight.nonce});
  return with_query(endpoints->authorize, query);
}

Answer<ProvenIdentity> RelyingParty::arrive(const Provider& provider, const Flight& flight,
                                            const Landing& landing) {
  if (flight.provider != provider.id || !are_equal(landing.state, flight.state))
    return Refusal::sign_in_stale;
  const Talk talk(talks_);
  if (!talk.is_held()) return Refusal::provider_silent;
  if (!spent_.take(flight.state, clock_())) return Refusal::sign_in_stale;
  return ask(provider, flight, landing);
}

Answer<ProvenIdentity> RelyingParty::ask(const Provider& provider, const Flight& flight,
                                         const Landing& landing) {
  const auto endpoints = facts_.endpoints(provider);
  if (!endpoints) return endpoints.refusal();
  const bool is_named = !landing.issuer.empty() || endpoints->names_itself;
  if (provider.is_openid() && is_named && landing.issuer != provider.issuer)
    return disbelieve(provider, "somebody was sent back in another issuer's name");
  if (landing.error == "access_denied") return Refusal::sign_in_cancelled;
  if (!landing.error.empty() || landing.code.empty())
    return disbelieve(provider, "it sent somebody back without a code");

  const auto tokens = exchange_code(provider, *endpoints, flight, landing.code);
  if (!tokens) return tokens.refusal();
  Claims claims;
  if (provider.is_openid()) {
    auto verified = verify(provider, *endpoints, flight, claim_text(*tokens, "id_token"));
    if (!verified) return verified.refusal();
    claims = std::move(*verified);
  }
  if (!endpoints->userinfo.empty()) {
    auto told = user_info(provider, *endpoints, claim_text(*tokens, "access_token"));
    if (!told) return told.refusal();
    // Nothing signs the user info, so it must be of whom the ID token is (OpenID Connect Core, section 5.3.2).
    if (provider.is_openid() && claim_text(*told, "sub") != claim_text(claims, "sub"))
      return disbelieve(provider, "its user info is of somebody else than its ID token");
    for (auto& each : *told) {
      if (!claims.contains(each.key())) claims.insert_or_assign(each.key(), each.value());
    }
  }
  std::string subject = claim_text(claims, provider.subject_claim);
  if (subject.empty() || subject.size() > limits::kSubjectBytes)
    return disbelieve(provider, "it names nobody in " + provider.subject_claim);
  return ProvenIdentity{{provider.authority(), std::move(subject)},
                        claim_text(claims, provider.handle_claim)};
}

Answer<RelyingParty::Claims> RelyingParty::exchange_code(const Provider& provider,
                                                         const Endpoints& endpoints,
                                                         const Flight& flight,
                                                         const std::string& code) {
  return ask_for_json(provider, token_request(provider, endpoints, flight, code),
                      "the request for a token");
}

Answer<RelyingParty::Claims> RelyingParty::verify(const Provider& provider,
                                                  const Endpoints& endpoints, const Flight& flight,
                                                  const std::string& id_token) {
  const IdTokenExpected expected{provider.issuer, provider.client_id, flight.nonce, clock_()};
  auto keys = facts_.keys(provider, endpoints.keys, ProviderFacts::Keys::kept_will_do);
  if (!keys) return keys.refusal();
  auto read = read_id_token(id_token, **keys, expected);
  const auto* fault = std::get_if<IdTokenFault>(&read);
  if (fault != nullptr && *fault == IdTokenFault::unknown_key) {
    keys = facts_.keys(provider, endpoints.keys, ProviderFacts::Keys::newest);
    if (!keys) return keys.refusal();
    read = read_id_token(id_token, **keys, expected);
    fault = std::get_if<IdTokenFault>(&read);
  }
  if (fault != nullptr)
    return disbelieve(provider, "its ID token does not hold: " + std::string(name(*fault)));
  return std::get<Claims>(std::move(read));
}

Answer<RelyingParty::Claims> RelyingParty::user_info(const Provider& provider,
                                                     const Endpoints& endpoints,
                                                     const std::string& access_token) {
  if (!is_token(access_token)) return disbelieve(provider, "it gave no access token");
  return ask_for_json(
      provider,
      {.url = endpoints.userinfo,
       .fields = {{"Accept", "application/json"}, {"Authorization", "Bearer " + access_token}}},
      "the request for user info");
}

Answer<RelyingParty::Claims> RelyingParty::ask_for_json(const Provider& provider,
                                                        const WebRequest& request,
                                                        std::string_view what) {
  constexpr int kOk = 200;
  constexpr int kServerErrors = 500;
  constexpr int kTooMany = 429;
  const WebResult result = exchange_(request);
  if (const auto* failure = std::get_if<WebFailure>(&result)) {
    tell(provider.id, failure->why);
    return Refusal::provider_silent;
  }
  const auto& answer = std::get<WebAnswer>(result);
  if (answer.status != kOk) {
    const Refusal refusal = disbelieve(
        provider, "it answered " + std::to_string(answer.status) + " to " + std::string(what));
    const bool is_its_trouble = answer.status >= kServerErrors || answer.status == kTooMany;
    return is_its_trouble ? Refusal::provider_silent : refusal;
  }
  auto object = answer.is_cut ? std::nullopt : json_object(answer.body);
  if (!object) return disbelieve(provider, "its answer to " + std::string(what) + " is no JSON");
  return std::move(*object);
}

Refusal RelyingParty::disbelieve(const Provider& provider, const std::string& why) {
  tell(provider.id, why);
  return Refusal::provider_not_believed;
}

void RelyingParty::tell(const std::string& provider, const std::string& what) {
  if (told_.take(provider, clock_())) report_(provider, what);
}

}  // namespace retrochat
