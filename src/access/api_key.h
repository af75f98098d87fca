// ApiKey: what a backend presents to be let in.
//
//   Authorization: Bearer KEY        or        X-API-Key: KEY
//
// Only the key's digest is kept, and digests are compared, so that the time taken tells neither
// content nor length.
//
// Threads: any (const).
// Source:  RFC 6750 section 2.1
#pragma once

#include <string_view>

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

 private:
  bool empty_;
  base::Sha256 digest_;
};

}  // namespace tayori::access
