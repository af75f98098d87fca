#include "hub/tail.h"

#include <algorithm>
#include <utility>

namespace tayori::hub {
namespace {

/// What a held message costs beside its bytes: nodes of two lists, counts and pointers.
constexpr std::size_t kBookkeeping = 256;

}  // namespace

Tail::Tail(broker::HistoryLimits limits, const base::Clock& clock, std::size_t memberships)
    : clock_(clock), window_(limits), hearers_(memberships) {}

std::size_t Tail::take_message(Sequence number, const broker::Topic& topic,
                               const std::string& body) {
  // Encoded before the lock: it is the one part whose cost grows with the message.
  const session::EnvelopeRef envelope = session::Envelope::message(number, body);
  const auto now = clock_.steady();
  const std::scoped_lock lock(mutex_);
  window_.append(number, topic, envelope, envelope->bytes().size() + kBookkeeping, now);
  return hearers_.each(topic, [&](const TopicRef& heard, const Interest::Share& share) {
    inboxes_[share.loop]->push(heard, envelope);
  });
}

void Tail::pass(Sequence number) {
  const std::scoped_lock lock(mutex_);
  window_.skip(number);
}

Result<std::size_t> Tail::join_group(Sequence number, const broker::Topic& client,
                                     const broker::Topic& group) {
  const std::scoped_lock lock(mutex_);
  window_.skip(number);
  const auto joined = hearers_.join_group(client, group, number);
  if (!joined) return joined.error();
  if (*joined) tell_sessions_of(client);
  return hearers_.members().size(group);
}

std::size_t Tail::leave_group(Sequence number, const broker::Topic& client,
                              const broker::Topic& group) {
  const std::scoped_lock lock(mutex_);
  window_.skip(number);
  if (hearers_.leave_group(client, group, number)) tell_sessions_of(client);
  return hearers_.members().size(group);
}

void Tail::tell_sessions_of(const broker::Topic& client) {
  // On the way of messages, so that it comes between those before and those after.
  hearers_.each(client, [&](const TopicRef& heard, const Interest::Share& share) {
    inboxes_[share.loop]->push(heard, kGroupsChanged);
  });
}

std::size_t Tail::sessions(const broker::Topic& topic) const {
  const std::scoped_lock lock(mutex_);
  return hearers_.sessions(topic);
}

Tail::Page Tail::read(const TopicRefs& topics, Sequence after, broker::PageBounds bounds) const {
  const Hearers::Readings readings = hearers_.readings(topics);
  Page page = window_.read({readings.data(), readings.size()}, after, bounds);
  // Of stays that were forgotten it is not known any more what was heard in them.
  const Sequence forgotten = hearers_.members().lost_through();
  if (forgotten > after && forgotten > page.lost_through) {
    page.lost_through = forgotten;
    const auto passes = std::ranges::upper_bound(page.items, forgotten, {},
                                                 [](const auto& item) { return item->sequence(); });
    page.gap_before.reset();
    if (page.at_head || passes != page.items.end())
      page.gap_before = static_cast<std::size_t>(passes - page.items.begin());
  }
  return page;
}

bool Tail::has_lost(const TopicRefs& topics, Sequence after) const {
  const std::scoped_lock lock(mutex_);
  return read(topics, after, {.items = 0}).lost_through > after;
}

Tail::Page Tail::read_or_join(LoopIndex loop, const TopicRefs& topics, Sequence after,
                              TopicRefs& joined) {
  const std::scoped_lock lock(mutex_);
  Page page = read(topics, after, {});
  if (page.at_head) joined = hearers_.enter(loop, topics);
  return page;
}

Tail::Page Tail::read_one(const TopicRefs& topics, Sequence after) {
  const std::scoped_lock lock(mutex_);
  return read(topics, after, {.items = 1});
}

Tail::Page Tail::read_topic(const broker::Topic& topic, Sequence after, std::size_t limit) const {
  const broker::Reading reading{.topic = &topic};
  const std::scoped_lock lock(mutex_);
  return window_.read({&reading, 1}, after, {.items = limit});
}

void Tail::leave(LoopIndex loop, const TopicRefs& topics) {
  const std::scoped_lock lock(mutex_);
  hearers_.leave(loop, topics);
}

Groups Tail::groups(std::string_view after, std::size_t limit) const {
  const std::scoped_lock lock(mutex_);
  return hearers_.members().list(after, limit);
}

Groups Tail::groups_of(const broker::Topic& client, std::string_view after,
                       std::size_t limit) const {
  const std::scoped_lock lock(mutex_);
  return hearers_.members().list_of(client, after, limit);
}

std::vector<TopicRef> Tail::clients_of(const broker::Topic& group) const {
  const std::scoped_lock lock(mutex_);
  return hearers_.clients_of(group);
}

Sequence Tail::head() const {
  const std::scoped_lock lock(mutex_);
  return window_.head();
}

void Tail::expire() {
  const auto now = clock_.steady();
  const std::scoped_lock lock(mutex_);
  window_.expire(now);
  hearers_.forget(window_.gone_through());
}

Tail::Held Tail::held() const {
  const std::scoped_lock lock(mutex_);
  return {window_.messages(), window_.bytes(), window_.evictions(),
          hearers_.members().memberships()};
}

}  // namespace tayori::hub
