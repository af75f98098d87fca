// ProviderFacts: where a provider is asked what, and with which keys it signs; fetched when needed, kept for a while.
//
// Nothing is fetched at the start, so a provider that is down keeps nobody else out. A token that names a key unknown
// so far has the keys fetched once more, so that providers may change them at any time.
//
// Threads: any. Blocks while fetching; two may then fetch the same.
// Source:  OpenID Connect Discovery 1.0, section 4; RFC 8414; RFC 9207
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "identity/key_set.h"
#include "identity/provider.h"
#include "outgoing/web_request.h"
#include "people/rate.h"
#include "store/clock.h"
#include "text/answer.h"
#include "text/limits.h"

namespace retrochat {

struct Endpoints {
  std::string authorize;
  std::string token;
  /// Empty when there is none, which OpenID Connect allows.
  std::string userinfo;
  /// Empty without OpenID Connect.
  std::string keys = {};
  /// Whether it names itself when it sends somebody back (RFC 9207).
  bool names_itself = false;
  /// Never as_discovered.
  ClientAuth client_auth = ClientAuth::basic;
};

/// Tells the operator of trouble with a provider: its id, and what is the matter. Never told a secret.
using Report = std::function<void(const std::string& provider, const std::string& what)>;

class ProviderFacts {
 public:
  ProviderFacts(WebExchange exchange, Clock clock, Report report);

  /// provider_silent; provider_not_believed when what it says of itself is not in order.
  Answer<Endpoints> endpoints(const Provider& provider);

  enum class Keys { kept_will_do, newest };
  /// The keys at `address`; provider_silent, provider_not_believed. `newest` are those kept still, when they were asked for
  /// too often.
  Answer<std::shared_ptr<const KeySet>> keys(const Provider& provider, const std::string& address,
                                             Keys which);

 private:
  template <typename T>
  struct Kept {
    T value;
    TimePoint since;
  };

  Answer<std::string> fetch(const Provider& provider, const std::string& url);
  Answer<Endpoints> discover(const Provider& provider);
  template <typename T>
  std::optional<T> kept(const std::map<std::string, Kept<T>>& all, const std::string& id);

  const WebExchange exchange_;
  const Clock clock_;
  const Report report_;
  Rate asked_again_{limits::kKeysAskedAgain, std::chrono::minutes{1}};
  std::mutex mutex_;
  // By the provider's id, of which there are few. Guarded by mutex_.
  std::map<std::string, Kept<Endpoints>> endpoints_;
  std::map<std::string, Kept<std::shared_ptr<const KeySet>>> keys_;
};

}  // namespace retrochat
