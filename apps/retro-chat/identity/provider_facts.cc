#include "identity/provider_facts.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <utility>

#include "identity/claims.h"

namespace retrochat {
namespace {

using boost::json::object;

/// An address that the provider names; empty when it names none, or one that must not be asked.
std::string address_in(const object& facts, std::string_view name) {
  std::string address = claim_text(facts, name);
  return is_safe_address(address) ? address : "";
}

bool is_listed(const object& facts, std::string_view list, std::string_view wanted) {
  const auto* all = facts.if_contains({list.data(), list.size()});
  return all != nullptr && all->is_array() &&
         std::ranges::any_of(all->get_array(), [&](const boost::json::value& each) {
           return each.is_string() && std::string_view(each.get_string()) == wanted;
         });
}

/// Basic is what a provider takes that does not say (OpenID Connect Discovery, section 3).
ClientAuth client_auth_in(const object& facts, ClientAuth configured) {
  if (configured != ClientAuth::as_discovered) return configured;
  constexpr std::string_view kList = "token_endpoint_auth_methods_supported";
  const bool only_post = is_listed(facts, kList, "client_secret_post") &&
                         !is_listed(facts, kList, "client_secret_basic");
  return only_post ? ClientAuth::post : ClientAuth::basic;
}

Endpoints written_down(const Provider& provider) {
  Endpoints endpoints{provider.authorize_url, provider.token_url, provider.userinfo_url};
  if (provider.client_auth == ClientAuth::post) endpoints.client_auth = ClientAuth::post;
  return endpoints;
}

Endpoints endpoints_in(const object& facts, const Provider& provider) {
  const auto* names_itself = facts.if_contains("authorization_response_iss_parameter_supported");
  return {.authorize = address_in(facts, "authorization_endpoint"),
          .token = address_in(facts, "token_endpoint"),
          .userinfo = address_in(facts, "userinfo_endpoint"),
          .keys = address_in(facts, "jwks_uri"),
          .names_itself =
              names_itself != nullptr && names_itself->is_bool() && names_itself->get_bool(),
          .client_auth = client_auth_in(facts, provider.client_auth)};
}

std::string discovery_address(std::string issuer) {
  if (issuer.ends_with('/')) issuer.pop_back();
  return issuer + "/.well-known/openid-configuration";
}

}  // namespace

ProviderFacts::ProviderFacts(WebExchange exchange, Clock clock, Report report)
    : exchange_(std::move(exchange)), clock_(std::move(clock)), report_(std::move(report)) {}

template <typename T>
std::optional<T> ProviderFacts::kept(const std::map<std::string, Kept<T>>& all,
                                     const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = all.find(id);
  if (found == all.end() || clock_() - found->second.since >= limits::kProviderFactsKept)
    return std::nullopt;
  return found->second.value;
}

Answer<Endpoints> ProviderFacts::endpoints(const Provider& provider) {
  if (!provider.is_openid()) return written_down(provider);
  if (auto known = kept(endpoints_, provider.id)) return std::move(*known);
  auto found = discover(provider);
  if (found) {
    const std::lock_guard lock(mutex_);
    endpoints_.insert_or_assign(provider.id, Kept<Endpoints>{*found, clock_()});
  }
  return found;
}

Answer<Endpoints> ProviderFacts::discover(const Provider& provider) {
  const auto text = fetch(provider, discovery_address(provider.issuer));
  if (!text) return text.refusal();
  const auto facts = json_object(*text);
  if (!facts || claim_text(*facts, "issuer") != provider.issuer) {
    report_(provider.id, "its discovery document is of another issuer, or not readable");
    return Refusal::provider_not_believed;
  }
  Endpoints endpoints = endpoints_in(*facts, provider);
  if (endpoints.authorize.empty() || endpoints.token.empty() || endpoints.keys.empty()) {
    report_(provider.id, "its discovery document lacks an address, or names one without https");
    return Refusal::provider_not_believed;
  }
  return endpoints;
}

Answer<std::shared_ptr<const KeySet>> ProviderFacts::keys(const Provider& provider,
                                                          const std::string& address, Keys which) {
  if (auto known = kept(keys_, provider.id)) {
    if (which == Keys::kept_will_do || !asked_again_.take(provider.id, clock_()))
      return std::move(*known);
  }
  const auto text = fetch(provider, address);
  if (!text) return text.refusal();
  auto parsed = KeySet::parse(*text);
  if (!parsed) {
    report_(provider.id, "its keys are not readable");
    return Refusal::provider_not_believed;
  }
  std::shared_ptr<const KeySet> keys = std::make_shared<KeySet>(std::move(*parsed));
  const std::lock_guard lock(mutex_);
  keys_.insert_or_assign(provider.id, Kept<std::shared_ptr<const KeySet>>{keys, clock_()});
  return keys;
}

Answer<std::string> ProviderFacts::fetch(const Provider& provider, const std::string& url) {
  WebResult result = exchange_({.url = url, .fields = {{"Accept", "application/json"}}});
  if (const auto* failure = std::get_if<WebFailure>(&result)) {
    report_(provider.id, failure->why);
    return Refusal::provider_silent;
  }
  auto& answer = std::get<WebAnswer>(result);
  constexpr int kOk = 200;
  if (answer.status == kOk && !answer.is_cut) return std::move(answer.body);
  report_(provider.id, answer.is_cut
                           ? "it answers a GET with more than is read"
                           : "it answered " + std::to_string(answer.status) + " to a GET");
  return Refusal::provider_silent;
}

}  // namespace retrochat
