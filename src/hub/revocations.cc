#include "hub/revocations.h"

#include "tayori/limits.h"

namespace tayori::hub {

Outcome Revocations::revoke(const ClientId& client_id, Sequence number, WallTime at) {
  const std::scoped_lock lock(mutex_);
  const auto known = by_client_.find(client_id.text());
  if (known == by_client_.end() && by_client_.size() == limit_)
    return Error::of(ErrorCode::overloaded,
                     "The tokens of tokens.revocations client ids are revoked already.");
  // One that is revoked again keeps its older place in the order, and is put behind when that comes up.
  if (known == by_client_.end()) order_.push_back({at, client_id.text()});
  by_client_[client_id.text()] = {number, at};
  return success();
}

bool Revocations::is_revoked(const access::TokenClaims& claims) const {
  const std::scoped_lock lock(mutex_);
  if (by_client_.empty()) return false;
  const auto known = by_client_.find(claims.client_id.text());
  if (known == by_client_.end()) return false;
  if (claims.bookmark && claims.bookmark->epoch == epoch_)
    return claims.bookmark->sequence < known->second.number;
  return claims.issued_at <= known->second.at;
}

void Revocations::expire(WallTime now) {
  const std::scoped_lock lock(mutex_);
  while (!order_.empty() && now - order_.front().at > limits::kTokenLifeMax) {
    Entry oldest = std::move(order_.front());
    order_.pop_front();
    const auto known = by_client_.find(oldest.client);
    if (known->second.at == oldest.at) {
      by_client_.erase(known);
    } else {
      oldest.at = known->second.at;
      order_.push_back(std::move(oldest));
    }
  }
}

std::size_t Revocations::held() const {
  const std::scoped_lock lock(mutex_);
  return by_client_.size();
}

}  // namespace tayori::hub
