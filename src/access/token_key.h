// TokenKeys: the key that signs tokens, and the one before it, so that keys change without a pause.
//
// Tokens are signed with the current key and accepted from both. Each key names itself by its kid:
// the first 8 digits of the SHA-256 of its bytes.
//
// Threads: any (const).
// Source:  RFC 7515 section 4.1.4, RFC 7518 section 3.2 (a key has at least the hash's size)
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/hmac_sha256.h"
#include "tayori/result.h"

namespace tayori::access {

inline constexpr std::size_t kTokenKeyBytes = 32;

/// One key, bound to HS256.
class TokenKey {
 public:
  /// REQUIRES: at least kTokenKeyBytes bytes.
  explicit TokenKey(std::string_view bytes);

  [[nodiscard]] const std::string& kid() const { return kid_; }
  [[nodiscard]] base::Sha256 sign(std::string_view text) const { return hmac_.sign(text); }

 private:
  std::string kid_;
  base::HmacSha256 hmac_;
};

class TokenKeys {
 public:
  /// invalid_request when a key has fewer than kTokenKeyBytes bytes. A `previous` equal to
  /// `current` is ignored.
  static Result<TokenKeys> of(const std::string& current,
                              const std::optional<std::string>& previous = {});

  [[nodiscard]] const TokenKey& current() const { return current_; }
  /// Null when there is none.
  [[nodiscard]] const TokenKey* previous() const { return previous_ ? &*previous_ : nullptr; }

  /// The key that calls itself `kid`, or null.
  [[nodiscard]] const TokenKey* find(std::string_view kid) const;

 private:
  TokenKeys(TokenKey current, std::optional<TokenKey> previous)
      : current_(std::move(current)), previous_(std::move(previous)) {}

  TokenKey current_;
  std::optional<TokenKey> previous_;
};

}  // namespace tayori::access
