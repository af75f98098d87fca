// The ID token: a provider's signed word on who somebody is, and all that must hold before it counts.
//
// Threads: any (pure functions).
// Source:  OpenID Connect Core 1.0, section 3.1.3.7; RFC 8725
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "identity/key_set.h"
#include "store/clock.h"

namespace retrochat {

struct IdTokenExpected {
  std::string issuer;
  std::string client_id;
  std::string nonce;
  TimePoint now;
};

enum class IdTokenFault : std::uint8_t {
  malformed,
  /// Not RS256, PS256 or ES256.
  algorithm,
  /// No key of that name and kind: the provider may have new ones since they were fetched.
  unknown_key,
  signature,
  issuer,
  audience,
  expired,
  /// Made or valid from later than now.
  not_yet,
  nonce,
  subject,
};

/// For the operator's log.
[[nodiscard]] std::string_view name(IdTokenFault fault);

/// The claims of `token`, all of which has been verified, or the first fault.
using IdTokenRead = std::variant<boost::json::object, IdTokenFault>;
[[nodiscard]] IdTokenRead read_id_token(std::string_view token, const KeySet& keys,
                                        const IdTokenExpected& expected);

}  // namespace retrochat
