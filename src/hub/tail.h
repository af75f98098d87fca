// Tail: what the node has read of the log's messages: their window, and who hears what comes next.
//
// A message enters the window and reaches every loop with interest in one critical section, so that each
// loop, and each session, sees ascending numbers. A reader that has come to the head joins in the same kind
// of section, so that nothing falls between replay and live delivery.
//
// Threads: any.
// Source:  docs/explanation/log.md; docs/explanation/life-of-a-push.md
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "broker/window.h"
#include "hub/hearers.h"
#include "hub/inbox.h"
#include "hub/topic_ref.h"
#include "session/envelope.h"
#include "tayori/group.h"
#include "tayori/result.h"

namespace tayori::hub {

class Tail {
 public:
  using Page = broker::Window<session::EnvelopeRef>::Page;
  static constexpr std::size_t kMemberships = 1'000'000;

  /// `memberships` as of Members.
  Tail(broker::HistoryLimits limits, const base::Clock& clock,
       std::size_t memberships = kMemberships);

  /// Adds the inbox of loop `inboxes().size()`. REQUIRES: set up only.
  void add_loop(Inbox& inbox) { inboxes_.push_back(&inbox); }

  // What the log's records are read into, in its order.
  /// Hands `body` to the sessions that hear `topic`; returns how many those are.
  std::size_t take_message(Sequence number, const broker::Topic& topic, const std::string& body);
  /// A record that is no message for pages.
  void pass(Sequence number);
  /// `client` hears `group` from `number` on, on every session; the members are returned, or why it may not.
  Result<std::size_t> join_group(Sequence number, const broker::Topic& client,
                                 const broker::Topic& group);
  /// It hears it no more.
  std::size_t leave_group(Sequence number, const broker::Topic& client, const broker::Topic& group);

  /// Sessions that hear `topic` at the head of the log.
  [[nodiscard]] std::size_t sessions(const broker::Topic& topic) const;

  /// Whether something that `topics` held after `after` has left the window.
  [[nodiscard]] bool has_lost(const TopicRefs& topics, Sequence after) const;
  /// Reads on after `after`. A reader that stands at the head now has joined: `loop` hears `topics` from here, and the
  /// groups that the client has joined, which `joined` then names.
  [[nodiscard]] Page read_or_join(LoopIndex loop, const TopicRefs& topics, Sequence after,
                                  TopicRefs& joined);
  /// Reads without joining, at most one message: for pages that ask one by one.
  [[nodiscard]] Page read_one(const TopicRefs& topics, Sequence after);
  /// What is held of `topic` alone.
  [[nodiscard]] Page read_topic(const broker::Topic& topic, Sequence after,
                                std::size_t limit) const;
  /// REQUIRES: joined before.
  void leave(LoopIndex loop, const TopicRefs& topics);

  // Who is in which groups, as Members and Hearers have it.
  [[nodiscard]] Groups groups(std::string_view after, std::size_t limit) const;
  [[nodiscard]] Groups groups_of(const broker::Topic& client, std::string_view after,
                                 std::size_t limit) const;
  [[nodiscard]] std::vector<TopicRef> clients_of(const broker::Topic& group) const;

  [[nodiscard]] Sequence head() const;
  /// Lets go what is too old, when nothing new pushes it out.
  void expire();

  struct Held {
    std::size_t messages;
    std::size_t bytes;
    broker::Evictions evictions;
    std::size_t memberships;
  };
  [[nodiscard]] Held held() const;

 private:
  /// Has `client`'s sessions enter again, with the groups that it is in now.
  void tell_sessions_of(const broker::Topic& client);
  [[nodiscard]] Page read(const TopicRefs& topics, Sequence after, broker::PageBounds bounds) const;

  const base::Clock& clock_;
  std::vector<Inbox*> inboxes_;
  mutable std::mutex mutex_;
  broker::Window<session::EnvelopeRef> window_;  // guarded by mutex_
  Hearers hearers_;                              // guarded by mutex_
};

}  // namespace tayori::hub
