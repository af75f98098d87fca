// Members: which client ids are in which groups, and from where in the log on.
//
// A client id that joins at a number hears what comes after it, and nothing of the group that comes after its leaving; so
// stays that are over are kept for readers who have not come that far yet, for as long as the log holds what was sent in them.
//
// Threads: guarded by its owner's mutex.
// Source:  docs/explanation/log.md
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/topic_ref.h"
#include "tayori/cursor.h"
#include "tayori/group.h"
#include "tayori/result.h"

namespace tayori::hub {

class Members {
 public:
  /// The part of the log in which a client id hears a group: behind `after`, up to and including `through`.
  struct Stay {
    TopicRef group;
    Sequence after;
    Sequence through{std::numeric_limits<std::uint64_t>::max()};
    [[nodiscard]] bool is_over() const {
      return through.value != std::numeric_limits<std::uint64_t>::max();
    }
  };

  /// Stays that are over and kept of one client id: each makes its readings longer.
  static constexpr std::size_t kStaysOver = 256;

  /// `limit`: memberships that may be at a time, and as many that are over. About 300 bytes each.
  explicit Members(std::size_t limit) : limit_(limit) {}

  /// Whether `client` was not in `group` before; invalid_group for one group too many, overloaded at the limit.
  Result<bool> join(const broker::Topic& client, const broker::Topic& group, Sequence number);
  /// Whether it was.
  bool leave(const broker::Topic& client, const broker::Topic& group, Sequence number);
  /// The log holds nothing up to `number` any more.
  void forget(Sequence number);
  /// Stays that had to be forgotten earlier ended at or before this number.
  [[nodiscard]] Sequence lost_through() const { return lost_through_; }

  /// Null for one that is, and lately was, in no group.
  [[nodiscard]] const std::vector<Stay>* stays(const broker::Topic& client) const {
    const auto entry = by_client_.find(client);
    return entry == by_client_.end() ? nullptr : &entry->second;
  }
  [[nodiscard]] std::size_t size(const broker::Topic& group) const;
  [[nodiscard]] std::vector<TopicRef> of(const broker::Topic& group) const;
  /// Up to `limit` groups by name, behind the one called `after`.
  [[nodiscard]] Groups list(std::string_view after, std::size_t limit) const;
  /// The same of those that `client` is in.
  [[nodiscard]] Groups list_of(const broker::Topic& client, std::string_view after,
                               std::size_t limit) const;
  [[nodiscard]] std::size_t memberships() const { return memberships_; }

 private:
  struct ByName {
    using is_transparent = void;
    bool operator()(const TopicRef& a, const TopicRef& b) const { return a->name < b->name; }
    bool operator()(const TopicRef& a, std::string_view b) const { return a->name < b; }
    bool operator()(std::string_view a, const TopicRef& b) const { return a < b->name; }
  };
  using Names = std::set<TopicRef, ByName>;
  struct Over {
    Sequence through;
    TopicRef client;
  };

  /// Forgets the oldest stay of `client` that is over, and remembers that it did.
  void forget_oldest_of(const TopicRef& client);
  /// Takes the stays out of what is kept of `client` that were over at `through`.
  void drop(const TopicRef& client, Sequence through);

  const std::size_t limit_;
  std::map<TopicRef, Names, ByName> groups_;  // none of them empty
  std::unordered_map<TopicRef, std::vector<Stay>, TopicRefHash, TopicRefEqual> by_client_;
  std::deque<Over> over_;  // ascending
  Sequence lost_through_;
  std::size_t memberships_ = 0;
};

}  // namespace tayori::hub
