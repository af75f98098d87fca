// Presence: which client ids have a session, told by its edges.
//
// `connected` on the first session of a client id; `disconnected` when the last is gone: at once after an
// orderly close, after the grace time otherwise, so that a reconnect is no leaving. Edges of one client id come in
// order, each with a higher generation number.
//
// Threads: any.
// Source:  channel-api.md 4
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <unordered_map>

#include "base/clock.h"
#include "hub/topic_ref.h"
#include "session/transport.h"
#include "tayori/presence.h"

namespace tayori::hub {

class Presence {
 public:
  using Time = std::chrono::steady_clock::time_point;
  /// How long a page may take from the answer of one poll to its next, when the grace time is shorter.
  static constexpr std::chrono::seconds kBetweenPolls{5};
  /// Called in the order of the edges, under the lock: hands the edge on and returns.
  using Handler = std::function<void(const PresenceEdge&)>;

  /// `clock` dates the edges. Generations go on from where an earlier start of the server has left them, which had
  /// fewer than a million edges a second.
  Presence(std::chrono::milliseconds grace, const base::Clock& clock);

  /// REQUIRES: set up only.
  void on_edge(Handler handler) { handler_ = std::move(handler); }

  /// A session of `client` (a topic of kind client) began or ended.
  void opened(const TopicRef& client);
  void closed(const broker::Topic& client, session::Departure departure,
              PresenceEdge::Reason reason, Time now);
  /// One that is in its grace time, if it is, has said that it will not come back.
  void left(const broker::Topic& client);

  /// Tells of those whose grace time is over.
  void expire(Time now);
  /// The server stops: whoever is in its grace time, or has a session still, counts as gone. What comes after is not
  /// told any more.
  void end();

  /// Client ids that are present, those in their grace time included.
  [[nodiscard]] std::size_t present() const;

 private:
  struct State;
  using States = std::unordered_map<TopicRef, State, TopicRefHash, TopicRefEqual>;
  struct Leaving {
    TopicRef client;
    Time until;
    PresenceEdge::Reason reason;
  };
  struct State {
    std::uint32_t sessions = 0;
    bool is_leaving = false;
    std::list<Leaving>::iterator leaving;  // valid while is_leaving
  };

  void tell(PresenceEdge::Kind kind, const broker::Topic& client, PresenceEdge::Reason reason);

  const std::chrono::milliseconds grace_;
  const base::Clock& clock_;
  Handler handler_;
  mutable std::mutex mutex_;
  States states_;               // guarded by mutex_
  std::list<Leaving> leaving_;  // guarded by mutex_; ascending
  std::uint64_t generation_;    // guarded by mutex_
  bool has_ended_ = false;      // guarded by mutex_
};

}  // namespace tayori::hub
