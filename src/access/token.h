// Tokens: signs what a page needs to open a channel, and tells good ones from others.
//
// A token is a JWT, HS256, compact form. Any node with the keys verifies one without asking
// anybody; a backend may mint its own. Nothing of a token is believed before its signature: not the
// claims, not the algorithm (bound to the key). A token is a secret: it never stands in a log.
//
// Threads: any (const).
// Source:  spec/protocol.md 1, RFC 7519, RFC 7515, RFC 8725
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "access/token_claims.h"
#include "access/token_key.h"
#include "tayori/result.h"

namespace tayori::access {

class Tokens {
 public:
  /// A longer token is invalid_token.
  static constexpr std::size_t kBytesMax = 16'384;

  explicit Tokens(TokenKeys keys);

  /// A token with the current key. Parts of seconds are dropped. Longer than kBytesMax, and thus
  /// good for nothing, only where dozens of group names are made of quotes and backslashes.
  [[nodiscard]] std::string sign(const TokenClaims& claims) const;

  /// The claims of a good token. token_timed_out when all is right but `exp` has come;
  /// invalid_token for the rest. Whitespace around the token is ignored.
  [[nodiscard]] Result<TokenClaims> verify(std::string_view token,
                                           std::chrono::system_clock::time_point now) const;

 private:
  [[nodiscard]] Outcome check_signature(std::string_view header, std::string_view signed_text,
                                        std::string_view signature) const;

  TokenKeys keys_;
  std::string header_;           // of our own tokens, encoded
  std::string previous_header_;  // of tokens made with the previous key; empty without one
};

}  // namespace tayori::access
