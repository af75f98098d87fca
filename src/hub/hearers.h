// Hearers: who hears what on this node: each session its own messages, everyone's, the groups of its token, and those that its
// client id has joined.
//
// Groups of a token and groups that are joined may be the same: such a session counts once.
//
// Threads: guarded by its owner's mutex.
// Source:  docs/explanation/log.md
#pragma once

#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "broker/window.h"
#include "hub/interest.h"
#include "hub/members.h"
#include "hub/topic_ref.h"
#include "tayori/group.h"

namespace tayori::hub {

class Hearers {
 public:
  using Readings = boost::container::small_vector<broker::Reading, 4>;

  explicit Hearers(std::size_t memberships) : members_(memberships) {}

  /// A session on `loop` hears `topics` (the client's own first, then everyone's, then its token's groups) from here on, and the
  /// groups that are returned, which its client id has joined.
  TopicRefs enter(LoopIndex loop, const TopicRefs& topics);
  /// REQUIRES: entered with the same topics before.
  void leave(LoopIndex loop, const TopicRefs& topics);

  /// As Members, for all sessions of `client` too.
  Result<bool> join_group(const broker::Topic& client, const broker::Topic& group, Sequence number);
  bool leave_group(const broker::Topic& client, const broker::Topic& group, Sequence number);
  void forget(Sequence number) { members_.forget(number); }

  /// What a session with `topics` hears, and in which parts of the log.
  [[nodiscard]] Readings readings(const TopicRefs& topics) const;

  /// Calls `visit(topic, share)` for each loop that hears `topic`; returns the sessions of all.
  template <typename Visit>
  std::size_t each(const broker::Topic& topic, Visit&& visit) const {
    return interest_.each(topic, std::forward<Visit>(visit));
  }
  [[nodiscard]] std::size_t sessions(const broker::Topic& topic) const {
    return interest_.each(topic, [](const TopicRef&, const Interest::Share&) {});
  }

  [[nodiscard]] const Members& members() const { return members_; }
  /// Client ids in `group`, by name: those that have joined, and those of which a session hears it by its token.
  [[nodiscard]] std::vector<TopicRef> clients_of(const broker::Topic& group) const;

 private:
  /// A group, and a client id with sessions that hear it by their token.
  using ByToken = std::pair<TopicRef, TopicRef>;
  struct ByNames {
    bool operator()(const ByToken& a, const ByToken& b) const {
      if (a.first->name != b.first->name) return a.first->name < b.first->name;
      return a.second->name < b.second->name;
    }
  };
  using Shares = boost::container::small_vector<Interest::Share, 1>;

  [[nodiscard]] std::uint32_t by_token(const TopicRef& group, const TopicRef& client,
                                       LoopIndex loop) const;
  /// Adds `change` to how many sessions of `client` on `loop` hear `group` by their token.
  void count_token(const TopicRef& group, const TopicRef& client, LoopIndex loop, int change);
  /// Calls `act(loop, sessions)` with those of `client` that hear `group` only because it has joined.
  template <typename Act>
  void each_joined(const broker::Topic& client, const TopicRef& group, Act act) const;

  Interest interest_;
  Members members_;
  std::map<ByToken, Shares, ByNames> by_token_;
};

}  // namespace tayori::hub
