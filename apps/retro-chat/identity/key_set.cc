#include "identity/key_set.h"

#include <cjose/cjose.h>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <memory>
#include <utility>

#include "identity/claims.h"

namespace retrochat {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 3> kAlgorithms{"RS256", "PS256", "ES256"};
constexpr std::size_t kKeysKept = 32;
constexpr std::size_t kRsaBits = 2048;

struct FreeJwk {
  void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
};
struct FreeJws {
  void operator()(cjose_jws_t* token) const { cjose_jws_release(token); }
};
using Jwk = std::unique_ptr<cjose_jwk_t, FreeJwk>;
using Jws = std::unique_ptr<cjose_jws_t, FreeJws>;

bool is_strong(const cjose_jwk_t* key, bool is_rsa) {
  cjose_err error{};
  if (is_rsa) return cjose_jwk_get_keysize(key, &error) >= kRsaBits;
  return cjose_jwk_EC_get_curve(key, &error) == CJOSE_JWK_EC_P_256;
}

}  // namespace

std::optional<TokenAlgorithm> token_algorithm_of(std::string_view name) {
  const auto found = std::ranges::find(kAlgorithms, name);
  if (found == kAlgorithms.end()) return std::nullopt;
  return static_cast<TokenAlgorithm>(found - kAlgorithms.begin());
}

std::optional<KeySet::Key> KeySet::read_key(const std::string& jwk) {
  const auto object = json_object(jwk);
  if (!object) return std::nullopt;
  const std::string kind = claim_text(*object, "kty");
  const std::string use = claim_text(*object, "use");
  if ((kind != "RSA" && kind != "EC") || (!use.empty() && use != "sig")) return std::nullopt;
  cjose_err error{};
  const Jwk key(cjose_jwk_import(jwk.data(), jwk.size(), &error));
  const bool is_rsa = kind == "RSA";
  if (!key || !is_strong(key.get(), is_rsa)) return std::nullopt;
  return Key{claim_text(*object, "kid"), claim_text(*object, "alg"), is_rsa, jwk};
}

std::optional<KeySet> KeySet::parse(std::string_view json) {
  const auto object = json_object(json);
  const auto* keys = object ? object->if_contains("keys") : nullptr;
  if (keys == nullptr || !keys->is_array()) return std::nullopt;
  KeySet set;
  for (const auto& each : keys->get_array()) {
    if (set.keys_.size() == kKeysKept) break;
    if (auto key = read_key(boost::json::serialize(each))) set.keys_.push_back(std::move(*key));
  }
  return set;
}

bool KeySet::Key::fits(TokenAlgorithm algorithm, std::string_view wanted) const {
  if (is_rsa != (algorithm != TokenAlgorithm::es256)) return false;
  if (!alg.empty() && alg != kAlgorithms.at(static_cast<std::size_t>(algorithm))) return false;
  return wanted.empty() || kid == wanted;
}

bool KeySet::has_key_for(TokenAlgorithm algorithm, std::string_view kid) const {
  return std::ranges::any_of(keys_, [&](const Key& key) { return key.fits(algorithm, kid); });
}

bool KeySet::verify(std::string_view token, TokenAlgorithm algorithm, std::string_view kid) const {
  return std::ranges::any_of(keys_, [&](const Key& each) {
    if (!each.fits(algorithm, kid)) return false;
    cjose_err error{};
    const Jwk key(cjose_jwk_import(each.jwk.data(), each.jwk.size(), &error));
    const Jws jws(cjose_jws_import(token.data(), token.size(), &error));
    return key && jws && cjose_jws_verify(jws.get(), key.get(), &error);
  });
}

}  // namespace retrochat
