// Interest: which loops have sessions that hear a topic, and how many.
//
// Threads: guarded by its owner's mutex.
#pragma once

#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <cstdint>
#include <unordered_map>

#include "hub/topic_ref.h"

namespace tayori::hub {

/// A loop's place among the loops of the process.
using LoopIndex = std::uint32_t;

class Interest {
 public:
  struct Share {
    LoopIndex loop;
    std::uint32_t sessions;
  };
  void join(const TopicRef& topic, LoopIndex loop, std::uint32_t sessions = 1);
  /// REQUIRES: joined before.
  void leave(const broker::Topic& topic, LoopIndex loop, std::uint32_t sessions = 1);

  /// Calls `visit(topic, share)` for each loop that hears `topic`; returns the sessions of all. `visit` may let other topics be
  /// joined and left.
  template <typename Visit>
  std::size_t each(const broker::Topic& topic, Visit&& visit) const {
    const auto entry = shares_.find(topic);
    if (entry == shares_.end()) return 0;
    // References, which stay good when another topic makes the table grow; an iterator does not.
    const auto& [heard, shares] = *entry;
    std::size_t sessions = 0;
    for (const Share& share : shares) {
      sessions += share.sessions;
      visit(heard, share);
    }
    return sessions;
  }

 private:
  using Shares = boost::container::small_vector<Share, 2>;
  std::unordered_map<TopicRef, Shares, TopicRefHash, TopicRefEqual> shares_;
};

}  // namespace tayori::hub
