#include "hub/inbox.h"

#include <utility>

namespace tayori::hub {

void Inbox::push(const TopicRef& topic, const session::EnvelopeRef& envelope) {
  {
    const std::scoped_lock lock(mutex_);
    if (waiting_.size() < limit_) {
      waiting_.push_back({topic, envelope});
    } else {
      has_overrun_ = true;
      std::vector<Parcel>().swap(waiting_);
    }
    if (std::exchange(is_awake_, true)) return;
  }
  wake_();
}

Inbox::Taken Inbox::take(std::vector<Parcel>& parcels) {
  const std::scoped_lock lock(mutex_);
  is_awake_ = false;
  if (std::exchange(has_overrun_, false)) {
    waiting_.clear();
    return Taken::overrun;
  }
  waiting_.swap(parcels);
  return Taken::all;
}

}  // namespace tayori::hub
