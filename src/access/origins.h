// OriginPolicy: which pages, told by their origin, may open channels.
//
//   *                         every page, also those of origin "null"
//   https://example.org       exactly this one; a default port may be written or not
//   https://*.example.org     every name below example.org, at any depth, not example.org itself
//
// Schemes and hosts are compared without regard to case.
//
// Threads: any (const).
// Source:  RFC 6454 sections 4 and 7
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tayori/result.h"

namespace tayori::access {

class OriginPolicy {
 public:
  /// invalid_request naming the pattern that is none of the above. No pattern at all allows no
  /// origin.
  static Result<OriginPolicy> of(const std::vector<std::string>& patterns);

  /// Whether pages of `origin` (the field's value as sent) are welcome. Ask only when the field was
  /// sent.
  [[nodiscard]] bool allows(std::string_view origin) const;

  /// Allows no origin.
  static OriginPolicy nobody() { return {}; }

 private:
  OriginPolicy() = default;

  bool everyone_ = false;
  std::vector<std::string> exact_;  // normalised
  struct Below {
    std::string scheme;  // "https://"
    std::string suffix;  // ".example.org" or ".example.org:8443"
  };
  std::vector<Below> below_;
};

}  // namespace tayori::access
