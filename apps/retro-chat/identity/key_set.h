// KeySet: the public keys with which a provider's ID tokens are verified.
//
// Keys that cannot be meant for that are left out when it is read: other kinds, other curves, other uses, RSA below 2048
// bits. A key's kind decides what it verifies, so a token cannot have a public key taken for a shared secret.
//
// Threads: any (a plain value).
// Source:  RFC 7517; RFC 8725 section 3
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retrochat {

/// What signatures are taken: RS256, PS256, ES256.
enum class TokenAlgorithm : std::uint8_t { rs256, ps256, es256 };

/// Nothing for "none", shared secrets, and what else is not taken.
[[nodiscard]] std::optional<TokenAlgorithm> token_algorithm_of(std::string_view name);

class KeySet {
 public:
  /// `json` is a JWK set; nothing when it is not.
  static std::optional<KeySet> parse(std::string_view json);

  /// Whether there is a key for such a token; one without a `kid` may be of any.
  [[nodiscard]] bool has_key_for(TokenAlgorithm algorithm, std::string_view kid) const;

  /// Whether one of those keys made the signature of `token` (a compact JWS whose header names the algorithm).
  [[nodiscard]] bool verify(std::string_view token, TokenAlgorithm algorithm,
                            std::string_view kid) const;

 private:
  struct Key {
    std::string kid;
    /// Empty when the key does not say.
    std::string alg;
    bool is_rsa = false;
    /// As it came: cjose's own keys count their users in a way that threads must not share.
    std::string jwk;

    [[nodiscard]] bool fits(TokenAlgorithm algorithm, std::string_view wanted) const;
  };
  static std::optional<Key> read_key(const std::string& jwk);

  std::vector<Key> keys_;
};

}  // namespace retrochat
