#include "hub/dev_polls.h"

#include <algorithm>
#include <utility>

#include "hub/recovery.h"
#include "hub/token_identity.h"
#include "hub/topics_of.h"

namespace tayori::hub {
void DevPolls::connect(const access::TokenClaims& claims, Time now) {
  const std::scoped_lock lock(mutex_);
  // The page has just been loaded: how often it polls is not known yet.
  visit(claims, now).usual_interval = {};
}

session::EnvelopeRef DevPolls::poll(const access::TokenClaims& claims, Time now) {
  const std::scoped_lock lock(mutex_);
  Place& place = visit(claims, now);
  Tail::Page page = tail_.read_one(place.topics, place.place);
  if (page.items.empty()) return nullptr;
  place.place = page.place;
  return std::move(page.items.front());
}

void DevPolls::disconnect(const access::TokenClaims& claims, Time now) {
  const std::scoped_lock lock(mutex_);
  const auto entry = by_token_.find(token_identity(claims));
  if (entry != by_token_.end()) go(*entry->second, PresenceEdge::Reason::closed, now);
}

void DevPolls::end(const broker::Topic& client, Time now) {
  const std::scoped_lock lock(mutex_);
  for (Place& place : places_) {
    if (*place.topics.front() == client) go(place, PresenceEdge::Reason::disconnected, now);
  }
}

void DevPolls::expire(Time now) {
  const std::scoped_lock lock(mutex_);
  for (Place& place : places_) {
    if (place.is_present && now - place.last_seen > place.usual_interval + kPatience)
      go(place, PresenceEdge::Reason::closed, now);
  }
}

DevPolls::Place& DevPolls::visit(const access::TokenClaims& claims, Time now) {
  std::string id = token_identity(claims);
  const auto entry = by_token_.find(id);
  if (entry == by_token_.end()) {
    if (places_.size() == kPlaces) {
      go(places_.back(), PresenceEdge::Reason::closed, now);
      by_token_.erase(places_.back().token_id);
      places_.pop_back();
    }
    const Cursor head{epoch_, tail_.head()};
    places_.push_front({.token_id = id,
                        .topics = topics_of(claims),
                        .place = starting_point({}, claims.bookmark, head).place,
                        .last_seen = now});
    by_token_.emplace(std::move(id), places_.begin());
  } else {
    places_.splice(places_.begin(), places_, entry->second);
    places_.front().usual_interval = std::min<std::chrono::steady_clock::duration>(
        now - places_.front().last_seen, kLongestInterval);
    places_.front().last_seen = now;
  }
  Place& place = places_.front();
  // The old protocol knows nothing of one page that takes the channel from another.
  if (!std::exchange(place.is_present, true))
    static_cast<void>(presence_.opened(place.topics.front(), {}));
  return place;
}

void DevPolls::go(Place& place, PresenceEdge::Reason reason, Time now) {
  if (!std::exchange(place.is_present, false)) return;
  place.usual_interval = {};
  presence_.closed(*place.topics.front(), 0, session::Departure::closed, reason, now);
}

}  // namespace tayori::hub
