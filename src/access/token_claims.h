// TokenClaims: what a token says, and how it stands in the token's payload.
//
// Claims other than these are ignored. A token that a backend has made itself may lack `jti`,
// `iat`, `cur`, `grp` and `pol`.
//
// Threads: any (a plain value, functions).
// Source:  spec/protocol.md 1 (Token claims), RFC 7519 section 4.1
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "tayori/channel.h"
#include "tayori/client_id.h"
#include "tayori/cursor.h"
#include "tayori/group_name.h"
#include "tayori/result.h"

namespace tayori::access {

/// How far another machine's clock may be ahead of ours.
inline constexpr std::chrono::seconds kClockSkew{60};

/// Times count whole seconds.
struct TokenClaims {
  ClientId client_id;                                ///< `sub`
  std::chrono::system_clock::time_point issued_at;   ///< `iat`; 1970 when the token does not say
  std::chrono::system_clock::time_point expires_at;  ///< `exp`
  std::string id;                                    ///< `jti`; empty when the token does not say
  std::optional<Cursor> bookmark = {};  ///< `cur`: where the log stood when the token was made
  std::vector<GroupName> groups = {};   ///< `grp`: at most limits::kGroupsPerClient
  Policy policy = Policy::multi;        ///< `pol`
};

/// The payload's JSON text. Parts of seconds are dropped.
[[nodiscard]] std::string encode_claims(const TokenClaims& claims);

/// The claims of a payload; invalid_token when one is missing, malformed, or lies further in the
/// future than kClockSkew (`iat`, `nbf`). That `exp` has come is not looked at.
[[nodiscard]] Result<TokenClaims> decode_claims(const boost::json::object& payload,
                                                std::chrono::system_clock::time_point now);

}  // namespace tayori::access
