#include "hub/interest.h"

#include <algorithm>

#include "base/check.h"

namespace tayori::hub {

void Interest::join(const TopicRef& topic, LoopIndex loop, std::uint32_t sessions) {
  Shares& shares = shares_[topic];
  const auto share =
      std::find_if(shares.begin(), shares.end(), [&](const Share& s) { return s.loop == loop; });
  if (share == shares.end()) {
    shares.push_back({loop, sessions});
  } else {
    share->sessions += sessions;
  }
}

void Interest::leave(const broker::Topic& topic, LoopIndex loop, std::uint32_t sessions) {
  const auto entry = shares_.find(topic);
  CHECK(entry != shares_.end(), "only who has joined leaves");
  Shares& shares = entry->second;
  const auto share =
      std::find_if(shares.begin(), shares.end(), [&](const Share& s) { return s.loop == loop; });
  CHECK(share != shares.end() && share->sessions >= sessions, "only who has joined leaves");
  share->sessions -= sessions;
  if (share->sessions == 0) shares.erase(share);
  if (shares.empty()) shares_.erase(entry);
}

}  // namespace tayori::hub
