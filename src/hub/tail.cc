#include "hub/tail.h"

#include <utility>

namespace tayori::hub {
namespace {

/// What a held message costs beside its bytes: nodes of two lists, counts and pointers.
constexpr std::size_t kBookkeeping = 256;

}  // namespace

Tail::Tail(broker::HistoryLimits limits, const base::Clock& clock)
    : clock_(clock), window_(limits) {}

void Tail::on_record(Sequence number, broker::Record&& record) {
  if (record.kind != broker::Record::Kind::message) {
    const std::scoped_lock lock(mutex_);
    window_.skip(number);
    newest_sessions_ = 0;
    return;
  }
  // Encoded before the lock: it is the one part whose cost grows with the message.
  const session::EnvelopeRef envelope = session::Envelope::message(number, record.body);
  const auto now = clock_.steady();
  const std::scoped_lock lock(mutex_);
  window_.append(number, record.topic, envelope, envelope->bytes().size() + kBookkeeping, now);
  newest_sessions_ =
      interest_.each(record.topic, [&](const TopicRef& topic, const Interest::Share& share) {
        inboxes_[share.loop]->push(topic, envelope);
      });
}

Tail::Page Tail::read(const TopicRefs& topics, Sequence after, broker::PageBounds bounds) const {
  boost::container::small_vector<const broker::Topic*, 4> plain;
  for (const TopicRef& topic : topics) plain.push_back(topic.get());
  return window_.read({plain.data(), plain.size()}, after, bounds);
}

bool Tail::has_lost(const TopicRefs& topics, Sequence after) const {
  const std::scoped_lock lock(mutex_);
  return read(topics, after, {.items = 0}).lost_through > after;
}

Tail::Page Tail::read_or_join(LoopIndex loop, const TopicRefs& topics, Sequence after) {
  const std::scoped_lock lock(mutex_);
  Page page = read(topics, after, {});
  if (page.at_head) {
    for (const TopicRef& topic : topics) interest_.join(topic, loop);
  }
  return page;
}

Tail::Page Tail::read_one(const TopicRefs& topics, Sequence after) {
  const std::scoped_lock lock(mutex_);
  return read(topics, after, {.items = 1});
}

void Tail::leave(LoopIndex loop, const TopicRefs& topics) {
  const std::scoped_lock lock(mutex_);
  for (const TopicRef& topic : topics) interest_.leave(*topic, loop);
}

Sequence Tail::head() const {
  const std::scoped_lock lock(mutex_);
  return window_.head();
}

void Tail::expire() {
  const auto now = clock_.steady();
  const std::scoped_lock lock(mutex_);
  window_.expire(now);
}

Tail::Held Tail::held() const {
  const std::scoped_lock lock(mutex_);
  return {window_.messages(), window_.bytes(), window_.evictions()};
}

}  // namespace tayori::hub
