// ApiKey: what a backend presents to be let in.
//
//   Authorization: Bearer KEY        or        X-API-Key: KEY
//
// Only the key's digest is kept, and digests are compared, so that the time taken tells neither
// content nor length.
//
// Threads: any.
// Source:  RFC 6750 section 2.1
#pragma once

#include <optional>
#include <string_view>

#include "base/current.h"
#include "base/digest.h"
#include "tayori/http.h"

namespace tayori::access {

class ApiKey {
 public:
  /// An empty key admits nobody.
  explicit ApiKey(std::string_view key);

  /// Whether either field presents the key. A field given several times counts by its first
  /// occurrence.
  [[nodiscard]] bool admits(const HttpRequest& request) const;

  /// Admits whoever presents `key` from now on, and nobody else.
  void replace(std::string_view key) { digest_.replace(digest_of(key)); }

 private:
  using Digest = std::optional<base::Sha256>;

  static Digest digest_of(std::string_view key);

  base::Current<Digest> digest_;  // of nothing: an empty key
};

}  // namespace tayori::access
