#include "hub/revocations.h"

#include <algorithm>

#include "tayori/limits.h"

namespace tayori::hub {

Outcome Revocations::revoke(const ClientId& client_id, Sequence number, WallTime at) {
  const std::scoped_lock lock(mutex_);
  auto known = by_client_.find(client_id.text());
  if (known == by_client_.end()) {
    if (by_client_.size() == limit_)
      return Error::of(ErrorCode::overloaded,
                       "The tokens of tokens.revocations client ids are revoked already.");
    known = by_client_.emplace(client_id.text(), Revoked{}).first;
  } else {
    // A clock that was set back does not let in again what was refused before.
    at = std::max(at, known->second.entry->first);
    by_time_.erase(known->second.entry);
  }
  known->second = {number, by_time_.emplace(at, &known->first)};
  return success();
}

bool Revocations::is_revoked(const access::TokenClaims& claims) const {
  const std::scoped_lock lock(mutex_);
  if (by_client_.empty()) return false;
  const auto known = by_client_.find(claims.client_id.text());
  if (known == by_client_.end()) return false;
  if (claims.bookmark && claims.bookmark->epoch == epoch_)
    return claims.bookmark->sequence < known->second.number;
  return claims.issued_at <= known->second.entry->first;
}

void Revocations::expire(WallTime now) {
  const std::scoped_lock lock(mutex_);
  while (!by_time_.empty() && now - by_time_.begin()->first > limits::kTokenLifeMax) {
    by_client_.erase(by_client_.find(*by_time_.begin()->second));
    by_time_.erase(by_time_.begin());
  }
}

std::size_t Revocations::held() const {
  const std::scoped_lock lock(mutex_);
  return by_client_.size();
}

}  // namespace tayori::hub
