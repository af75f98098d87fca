// HmacSha256: a key, made ready once for signing many short texts.
//
// Threads: any (const calls work on a copy of the keyed state).
// Source:  RFC 2104, RFC 4231 (test vectors)
#pragma once

#include <memory>
#include <string_view>

#include "base/digest.h"

// OpenSSL's keyed state; its headers stay in the .cc file.
struct evp_mac_ctx_st;

namespace tayori::base {

class HmacSha256 {
 public:
  /// The key may have any length, also none. Keeps the keyed state, not the key.
  explicit HmacSha256(std::string_view key);

  [[nodiscard]] Sha256 sign(std::string_view text) const;

 private:
  struct Free {
    void operator()(evp_mac_ctx_st* context) const;
  };
  std::unique_ptr<evp_mac_ctx_st, Free> keyed_;
};

}  // namespace tayori::base
