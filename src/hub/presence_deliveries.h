// PresenceDeliveries: edges of presence on their way to a backend that may be slow, or away for a while.
//
// Edges of one client id are delivered in order, one at a time, until the backend takes them; client ids do not
// wait for one another. What fails is tried again, later each time. While the backend is away, edges that cancel out
// (came and went, and nobody was told of it) are taken out together when there is no room left, those of the client that
// has waited longest first. Only when nothing cancels out is an edge given up, and counted.
//
// Pure: it knows when something is due, and nothing of HTTP. See OutgoingRequests for that.
//
// Threads: any.
// Source:  docs/reference/presence.md
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/random.h"
#include "tayori/presence.h"

namespace tayori::hub {

struct DeliveryLimits {
  /// Edges that may wait.
  std::size_t edges = 100'000;
  /// Deliveries under way at a time.
  std::size_t parallel = 32;
  std::chrono::milliseconds first_retry{500};
  std::chrono::milliseconds longest_retry{30'000};
};

class PresenceDeliveries {
 public:
  using Time = std::chrono::steady_clock::time_point;
  /// How a delivery came out. `refused`: the backend has no handler for it, which trying again does not change.
  enum class Outcome : std::uint8_t { taken, failed, refused };

  PresenceDeliveries(DeliveryLimits limits, base::Random random);

  void add(const PresenceEdge& edge, Time now);

  /// The next edge that is due, which is under way from here on; its outcome is to be told.
  [[nodiscard]] std::optional<PresenceEdge> start(Time now);
  void finish(const ClientId& client_id, Outcome outcome, Time now);

  /// When start() has something to give; nothing while no edge waits, or as many as may be are under way.
  [[nodiscard]] std::optional<Time> due() const;

  struct Counts {
    std::size_t waiting;  // those under way included
    std::uint64_t delivered;
    std::uint64_t failed;
    std::uint64_t refused;
    std::uint64_t cancelled_out;  // edges, two a pair
    std::uint64_t given_up;
  };
  [[nodiscard]] Counts counts() const;

 private:
  struct Queue;
  using Queues = std::unordered_map<std::string, Queue>;
  /// Client ids, in some order.
  using Line = std::list<const std::string*>;
  using Schedule = std::multimap<Time, const std::string*>;
  struct Queue {
    std::deque<PresenceEdge> edges;
    /// Of the first edge. Once there is one, the backend may know of the edge.
    std::uint32_t attempts = 0;
    std::optional<Schedule::iterator> due;     // nothing while under way
    Line::iterator age;                        // in waiting_
    std::optional<Line::iterator> cancelling;  // in cancelling_, while it has edges that cancel out
  };

  /// The first of two edges of `queue` that cancel out, or its end.
  [[nodiscard]] static std::deque<PresenceEdge>::iterator pair_in(Queue& queue);
  void update_cancelling(Queues::value_type& entry);
  void make_room();
  void remove_first(Queues::iterator entry, Time next);
  [[nodiscard]] std::chrono::milliseconds pause_after(std::uint32_t attempts);

  const DeliveryLimits limits_;
  mutable std::mutex mutex_;
  base::Random random_;  // guarded by mutex_, as is all below
  Queues queues_;        // none of them empty
  Schedule due_;         // those that are not under way
  Line waiting_;         // all, by how long their first edge has waited
  Line cancelling_;      // those with edges that cancel out
  std::size_t under_way_ = 0;
  Counts counts_{};
};

}  // namespace tayori::hub
