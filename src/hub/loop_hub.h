// LoopHub: the pages of one loop, and the messages on their way to them.
//
// Threads: its loop only, but for inbox() and counters().
// Source:  docs/explanation/life-of-a-push.md
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "hub/channels.h"
#include "hub/dev_polls.h"
#include "hub/inbox.h"
#include "hub/loop_counters.h"
#include "hub/page.h"
#include "hub/presence.h"
#include "hub/session_limits.h"
#include "hub/subscribers.h"
#include "hub/tail.h"
#include "net/loop.h"
#include "net/socket.h"

namespace tayori::hub {

/// What all loops of a node share.
struct Node {
  const std::string& epoch;
  const SessionLimits& limits;
  Tail& tail;
  Channels& channels;
  Presence& presence;
  DevPolls& dev_polls;
};

class LoopHub final : private net::Swept {
 public:
  LoopHub(net::Loop& loop, LoopIndex index, Node node, base::Random random);
  ~LoopHub();
  LoopHub(const LoopHub&) = delete;
  LoopHub& operator=(const LoopHub&) = delete;

  /// Takes an upgraded connection in; `early` is what came behind its request.
  void adopt(net::Socket socket, std::string early);

  /// Tells every page to come back elsewhere, and turns new ones away.
  void drain();
  [[nodiscard]] bool is_draining() const { return is_draining_; }

  [[nodiscard]] Inbox& inbox() { return inbox_; }
  [[nodiscard]] LoopCounters& counters() { return counters_; }

  // For its pages.
  [[nodiscard]] net::Loop& loop() { return loop_; }
  [[nodiscard]] LoopIndex index() const { return index_; }
  [[nodiscard]] const Node& node() const { return node_; }
  [[nodiscard]] Subscribers& subscribers() { return subscribers_; }
  /// Destroys `page` after this turn: its own functions may still be running.
  void release(Page& page);

 private:
  using Pages = boost::intrusive::list<Page, boost::intrusive::constant_time_size<false>>;

  void on_sweep(std::chrono::steady_clock::time_point now) override;
  void deliver_waiting();
  void resynchronise_all();
  void bury();

  net::Loop& loop_;
  const LoopIndex index_;
  const Node node_;
  base::Random random_;
  LoopCounters counters_;
  Subscribers subscribers_;
  Inbox inbox_;
  std::vector<Parcel> parcels_;  // kept for its capacity
  Pages pages_;
  std::vector<std::unique_ptr<Page>> gone_;
  bool is_draining_ = false;
};

}  // namespace tayori::hub
