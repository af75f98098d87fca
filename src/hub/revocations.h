// Revocations: client ids whose tokens count only if they were made after a place in the log.
//
// Threads: any.
// Source:  docs/reference/backend-api.md (disconnect); docs/adr/0013-a-revocation-is-of-all-tokens-until-then.md
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>

#include "access/token_claims.h"
#include "tayori/client_id.h"
#include "tayori/cursor.h"
#include "tayori/result.h"

namespace tayori::hub {

class Revocations {
 public:
  using WallTime = std::chrono::system_clock::time_point;

  /// `limit`: client ids at a time. One more is refused: to forget one would let its tokens in again.
  Revocations(const std::string& epoch, std::size_t limit) : epoch_(epoch), limit_(limit) {}

  /// Tokens of `client_id` made until `number`, which was at `at`, are refused; overloaded at the limit.
  Outcome revoke(const ClientId& client_id, Sequence number, WallTime at);
  /// A token without a bookmark of this log is judged by the second of its making.
  [[nodiscard]] bool is_revoked(const access::TokenClaims& claims) const;
  /// Forgets those whose tokens have all run out, had they the longest life.
  void expire(WallTime now);
  [[nodiscard]] std::size_t held() const;

 private:
  /// Client ids, which stand in by_client_.
  using ByTime = std::multimap<WallTime, const std::string*>;
  struct Revoked {
    Sequence number;
    ByTime::iterator entry;
  };

  const std::string& epoch_;
  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Revoked> by_client_;  // guarded by mutex_
  ByTime by_time_;                                      // guarded by mutex_
};

}  // namespace tayori::hub
