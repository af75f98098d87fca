// LoopHub: the pages of one loop, and the messages on their way to them.
//
// Threads: its loop only, but for inbox() and counters().
// Source:  docs/explanation/life-of-a-push.md
#pragma once

#include <atomic>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "hub/channels.h"
#include "hub/confirmations.h"
#include "hub/control.h"
#include "hub/dev_polls.h"
#include "hub/endings.h"
#include "hub/inbox.h"
#include "hub/loop_counters.h"
#include "hub/page.h"
#include "hub/presence.h"
#include "hub/revocations.h"
#include "hub/session_limits.h"
#include "hub/shared_sockets.h"
#include "hub/subscribers.h"
#include "hub/tail.h"
#include "net/http_connection.h"
#include "net/loop.h"
#include "net/socket.h"
#include "net/websocket_connection.h"
#include "session/encodings.h"

namespace tayori::hub {

class LoopHub;

/// What all loops of a node share.
struct Node {
  const std::string& epoch;
  const SessionLimits& limits;
  Tail& tail;
  Channels& channels;
  Presence& presence;
  Revocations& revocations;
  Endings& endings;
  Confirmations& confirmations;
  DevPolls& dev_polls;
  const std::vector<std::unique_ptr<LoopHub>>& loops;
  std::atomic<std::uint64_t>& pages_opened;
};

class LoopHub final : private net::Swept {
 public:
  LoopHub(net::Loop& loop, LoopIndex index, Node node, base::Random random);
  ~LoopHub();
  LoopHub(const LoopHub&) = delete;
  LoopHub& operator=(const LoopHub&) = delete;

  /// What `opening` asks for, if its token is good.
  [[nodiscard]] Result<Arrival> admit(session::Opening opening) const;
  /// Takes an upgraded connection in; `early` is what came behind its request.
  void adopt(net::Socket socket, std::string early);
  /// The same for one that several channels share.
  void adopt_shared(net::Socket socket, std::string early);
  /// Opens a page on an answer that is already under way as server-sent events.
  void stream(net::HttpExchange::GivenAway given, const Arrival& arrival);
  /// Opens a page for as long as it takes to answer one poll, with `head` and at most after `wait`.
  void poll(net::HttpExchange exchange, HttpResponse head, std::chrono::seconds wait,
            const Arrival& arrival);
  /// The page of `arrival` has said goodbye, on whichever loop it is. Without a session named, those of its token.
  void close(const Arrival& arrival);
  /// The page of `arrival` has handled everything up to its cursor.
  void confirm(const Arrival& arrival);
  /// Ends the pages of `client` here, as `end` says.
  void end_all_of(const broker::Topic& client, const Control::End& end);
  /// Asks the pages of `client` here how far they have come.
  void ask_all_of(const broker::Topic& client);

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
  [[nodiscard]] session::Encodings& encodings() { return encodings_; }
  /// Opens a page on channel `number` of `socket`.
  void join(session::SharedSocket& socket, std::uint32_t number);
  /// `page` goes on with the session that `arrival` names: what carried it before is fenced off.
  void take_over(Page& page, const Arrival& arrival);
  /// Ends the other pages of its client id, on whichever loop, that had the channel before `page`.
  void replace_others(const Page& page, const broker::Topic& client);
  /// Destroys `page` after this turn: its own functions may still be running.
  void release(Page& page);

 private:
  /// By session id.
  using Pages = boost::unordered_flat_map<std::uint64_t, std::unique_ptr<Page>>;

  [[nodiscard]] std::shared_ptr<net::WebSocketConnection> connect(net::Socket socket);
  Page& take_in(session::WireFormat format);
  [[nodiscard]] Page* find(std::uint64_t session_id, const broker::Topic& client);
  /// Has `act` called with each page here that was opened by the token called `token_id` of `client`.
  template <typename Act>
  void each_of(const broker::Topic& client, std::size_t token_id, Act act);
  /// The same with each page of `client` here.
  template <typename Act>
  void each_of(const broker::Topic& client, Act act);
  /// Has `act` called with each loop: here at once, elsewhere soon.
  template <typename Act>
  void on_every_loop(Act act);
  /// Ends with `code` what `select(LoopHub&, act)` selects on any loop, if it was opened before page `number`.
  template <typename Select>
  void fence(Select select, std::uint64_t number, ErrorCode code = ErrorCode::moved);
  /// `page` is the session `id` from here on.
  void rename(Page& page, std::uint64_t id);
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
  session::Encodings encodings_;
  Inbox inbox_;
  std::vector<Parcel> parcels_;  // kept for its capacity
  SharedSockets shared_{*this};
  Pages pages_;
  std::vector<std::unique_ptr<Page>> gone_;
  bool is_draining_ = false;
};

template <typename Act>
void LoopHub::each_of(const broker::Topic& client, Act act) {
  Subscribers::List* list = subscribers_.find(client);
  if (list == nullptr) return;
  // First all, then each: the list goes with its last page.
  std::vector<Page*> found;
  for (const Subscription& subscription : *list) found.push_back(subscription.page);
  for (Page* page : found) act(*page);
}

}  // namespace tayori::hub
