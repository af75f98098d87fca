// Window: the newest part of the log that a node holds, readable by topic.
//
// Bounded by age, by messages and bytes a topic, and by bytes in all. The newest message of a topic is held however
// many bytes it has. What leaves is remembered as a number a topic, so
// that a reader whose place is older gets a gap, never silence. `Item` is what a message is kept as (a
// shared pointer to its encoded form); the window itself does not look into it.
//
// Threads: guarded by its owner's mutex.
// Source:  docs/explanation/log.md
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <list>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "broker/history_limits.h"
#include "broker/topic.h"
#include "tayori/cursor.h"

namespace tayori::broker {

/// How much one reading may give.
struct PageBounds {
  std::size_t items = 256;
  std::size_t bytes = 262'144;
};

/// A topic that is read, and the part of the log in which its reader hears it: behind `after`, up to and
/// including `through`.
struct Reading {
  const Topic* topic;
  Sequence after = {};
  Sequence through = {std::numeric_limits<std::uint64_t>::max()};
};

template <typename Item>
class Window {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// A part of what some topics held after a place, in ascending order.
  struct Page {
    std::vector<Item> items;
    /// The reader's place after these items.
    Sequence place;
    /// What left the window of these topics lay at or before this number.
    Sequence lost_through;
    /// Where among `items` the order passes a loss after the asked place: a gap up to `lost_through` is to
    /// be told before items[*gap_before]. Nothing when there is no loss, or a later page passes it.
    std::optional<std::size_t> gap_before;
    /// Nothing more is held after `place` for these topics.
    bool at_head = true;
  };

  explicit Window(HistoryLimits limits) : limits_(limits) {}

  /// Holds `item` under `number`, which is above every earlier one. What passes a limit leaves.
  void append(Sequence number, const Topic& topic, Item item, std::size_t bytes, Time now);

  /// A number that belongs to no message (a control record): the head moves on.
  void skip(Sequence number) { head_ = number; }

  /// Lets go what is older than the age limit.
  void expire(Time now);

  /// What `readings` hold after `after`, up to the bounds. A topic may stand in several that do not overlap. Bytes
  /// count between items: one item is never too large.
  [[nodiscard]] Page read(std::span<const Reading> readings, Sequence after,
                          PageBounds bounds) const;

  /// The newest number of the log.
  [[nodiscard]] Sequence head() const { return head_; }
  /// Everything up to here has left.
  [[nodiscard]] Sequence gone_through() const {
    return order_.empty() ? head_ : Sequence{order_.front().number.value - 1};
  }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] std::size_t messages() const { return order_.size(); }
  [[nodiscard]] const Evictions& evictions() const { return evictions_; }

 private:
  struct History;
  struct Held {
    Sequence number;
    Time since;
    std::size_t bytes;
    Item item;
    History* topic;
    typename std::list<typename std::list<Held>::iterator>::iterator in_topic;
  };
  using Order = std::list<Held>;
  struct History {
    /// Ascending; each points into order_.
    std::list<typename Order::iterator> held;
    Sequence lost_through;
    std::size_t bytes = 0;
    /// Where this topic stands in forgotten_, valid while `held` is empty.
    std::list<const Topic*>::iterator in_emptied;
    const Topic* key = nullptr;
  };

  using Why = std::uint64_t Evictions::*;
  using Position = typename std::list<typename Order::iterator>::const_iterator;
  /// A reading that has come to some message.
  struct Reader {
    Position next;
    Position end;
  };

  [[nodiscard]] Reader start(const History& history, Sequence after, Sequence through) const;

  void release(typename Order::iterator held, Why why);
  void forget_beyond_limit();

  const HistoryLimits limits_;
  Order order_;
  std::unordered_map<Topic, History, TopicHash> topics_;
  /// Topics that hold nothing, those emptied first in front.
  std::list<const Topic*> emptied_;
  /// The last loss among topics that are not remembered one by one any more.
  Sequence forgotten_through_;
  Sequence head_;
  std::size_t bytes_ = 0;
  Evictions evictions_;
};

}  // namespace tayori::broker

#include "broker/window_inl.h"  // IWYU pragma: export
