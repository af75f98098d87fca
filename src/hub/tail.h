// Tail: what the node has read of the log: its window, and who hears what comes next.
//
// A record enters the window and reaches every loop with interest in one critical section, so that each
// loop, and each session, sees ascending numbers. A reader that has come to the head joins in the same kind
// of section, so that nothing falls between replay and live delivery.
//
// Threads: any.
// Source:  docs/explanation/log.md; docs/explanation/life-of-a-push.md
#pragma once

#include <cstddef>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "broker/broker.h"
#include "broker/window.h"
#include "hub/inbox.h"
#include "hub/interest.h"
#include "hub/topic_ref.h"
#include "session/envelope.h"

namespace tayori::hub {

class Tail final : public broker::BrokerEvents {
 public:
  using Page = broker::Window<session::EnvelopeRef>::Page;

  Tail(broker::HistoryLimits limits, const base::Clock& clock);

  /// Adds the inbox of loop `inboxes().size()`. REQUIRES: set up only.
  void add_loop(Inbox& inbox) { inboxes_.push_back(&inbox); }

  void on_record(Sequence number, broker::Record&& record) override;

  /// To how many sessions the newest record was handed. REQUIRES: called within the answer to its append.
  [[nodiscard]] std::size_t newest_sessions() const { return newest_sessions_; }

  /// Whether something that `topics` held after `after` has left the window.
  [[nodiscard]] bool has_lost(const TopicRefs& topics, Sequence after) const;
  /// Reads on after `after`. A reader that stands at the head now has joined: `loop` hears `topics` from here.
  [[nodiscard]] Page read_or_join(LoopIndex loop, const TopicRefs& topics, Sequence after);
  /// Reads without joining, at most one message: for pages that ask one by one.
  [[nodiscard]] Page read_one(const TopicRefs& topics, Sequence after);
  /// REQUIRES: joined before.
  void leave(LoopIndex loop, const TopicRefs& topics);

  [[nodiscard]] Sequence head() const;
  /// Lets go what is too old, when nothing new pushes it out.
  void expire();

  struct Held {
    std::size_t messages;
    std::size_t bytes;
    broker::Evictions evictions;
  };
  [[nodiscard]] Held held() const;

 private:
  [[nodiscard]] Page read(const TopicRefs& topics, Sequence after, broker::PageBounds bounds) const;

  const base::Clock& clock_;
  std::vector<Inbox*> inboxes_;
  mutable std::mutex mutex_;
  broker::Window<session::EnvelopeRef> window_;  // guarded by mutex_
  Interest interest_;                            // guarded by mutex_
  std::size_t newest_sessions_ = 0;              // guarded by the order of the log
};

}  // namespace tayori::hub
