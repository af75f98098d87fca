#include "identity/flight.h"

#include <sodium.h>

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "identity/claims.h"
#include "people/base64.h"

namespace retrochat {
namespace {

/// 256 random bits in 43 letters: as long as a verifier must be at least.
std::string random_word(const RandomBytes& random) {
  std::array<std::uint8_t, 32> bits{};
  random(bits);
  return base64url({reinterpret_cast<const char*>(bits.data()), bits.size()});
}

}  // namespace

Flight Flight::begin(std::string provider, std::string redirect_uri, const LocalPath& to,
                     const RandomBytes& random) {
  return {std::move(provider), random_word(random),     random_word(random),
          random_word(random), std::move(redirect_uri), to};
}

std::string Flight::challenge() const {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(verifier.data()),
                     verifier.size());
  return base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

std::string Flight::text() const {
  return boost::json::serialize(boost::json::object{{"provider", provider},
                                                    {"state", state},
                                                    {"nonce", nonce},
                                                    {"verifier", verifier},
                                                    {"redirect_uri", redirect_uri},
                                                    {"to", to.text()}});
}

std::optional<Flight> Flight::parse(std::string_view text) {
  const auto object = json_object(text);
  if (!object) return std::nullopt;
  Flight flight{claim_text(*object, "provider"),     claim_text(*object, "state"),
                claim_text(*object, "nonce"),        claim_text(*object, "verifier"),
                claim_text(*object, "redirect_uri"), LocalPath::from(claim_text(*object, "to"))};
  if (flight.state.empty() || flight.verifier.empty()) return std::nullopt;
  return flight;
}

}  // namespace retrochat
