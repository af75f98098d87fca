// Presence: which client ids have a session on this node, and which of their pages has the channel.
//
// A client id comes with its first session, and goes with its last: at once after an orderly close, after the grace time
// otherwise, so that a reconnect is no leaving. Both are told to the log; what the log says is in Roster.
//
// Threads: any.
// Source:  channel-api.md 4
#pragma once

#include <boost/container/small_vector.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "base/clock.h"
#include "hub/control.h"
#include "hub/topic_ref.h"
#include "session/transport.h"
#include "tayori/channel.h"
#include "tayori/presence.h"
#include "tayori/result.h"

namespace tayori::hub {

class Presence {
 public:
  using Time = std::chrono::steady_clock::time_point;
  /// How long a page may take from the answer of one poll to its next, when the grace time is shorter.
  static constexpr std::chrono::seconds kBetweenPolls{5};
  /// Called in order, under the lock: hands what has happened on and returns.
  using Handler = std::function<void(const Control&)>;

  /// `clock` dates what is told.
  Presence(std::chrono::milliseconds grace, const base::Clock& clock)
      : grace_(grace), clock_(clock) {}

  /// REQUIRES: set up only.
  void on_change(Handler handler) { handler_ = std::move(handler); }

  /// How a session wants to be let in.
  struct Entrance {
    Policy policy = Policy::multi;
    /// What it is known by when it comes back.
    std::uint64_t session = 0;
    /// It was open before, and goes on.
    bool comes_back = false;
  };
  /// A session of `client` (a topic of kind client) opens: replaced or already_open when another page has the
  /// channel. With `replace`, those that have it otherwise are the caller's to end.
  Outcome opened(const TopicRef& client, const Entrance& entrance);
  /// One that was let in has ended.
  void closed(const broker::Topic& client, std::uint64_t session, session::Departure departure,
              PresenceEdge::Reason reason, Time now);
  /// The session that is in its grace time, if it is, will not come back; all of them when none is named.
  void left(const broker::Topic& client, std::optional<std::uint64_t> session,
            PresenceEdge::Reason reason);

  /// Tells of those whose grace time is over.
  void expire(Time now);
  /// The server stops: whoever is in its grace time, or has a session still, counts as gone. What comes after is not
  /// told any more.
  void end();

  /// Sessions of `client` on this node; none while it is in its grace time.
  [[nodiscard]] std::size_t sessions(const broker::Topic& client) const;

 private:
  struct State;
  using States = std::unordered_map<TopicRef, State, TopicRefHash, TopicRefEqual>;
  struct Leaving {
    TopicRef client;
    Time until;
    PresenceEdge::Reason reason;
  };
  /// One session; two connections carry it while the one takes over from the other.
  struct Visit {
    std::uint64_t session = 0;
    std::uint32_t connections = 0;
    // How long it may be away, and why, when nothing carries it.
    PresenceEdge::Reason reason = PresenceEdge::Reason::none;
    Time until = {};
  };
  struct State {
    std::uint32_t connections = 0;
    bool is_leaving = false;
    std::uint64_t holder = 0;  // the session let in last that wants the channel for itself
    boost::container::small_vector<Visit, 1> visits;
    std::list<Leaving>::iterator leaving;  // valid while is_leaving

    [[nodiscard]] Visit* find(std::uint64_t session);
    [[nodiscard]] bool has_other(std::uint64_t session) const;
    /// Whether there was any.
    template <typename IsMeant>
    bool forget_if(IsMeant is_meant);
  };

  [[nodiscard]] Outcome check(const broker::Topic& client, const Entrance& entrance) const;
  /// Nothing carries a session of it any more: it is gone, or leaving.
  void leave(States::iterator entry, PresenceEdge::Reason reason);
  /// It is not leaving.
  void stay(State& state);
  void tell_coming(const broker::Topic& client);
  void tell_going(const broker::Topic& client, PresenceEdge::Reason reason);
  void tell(const broker::Topic& client, Control::Act act);

  const std::chrono::milliseconds grace_;
  const base::Clock& clock_;
  Handler handler_;
  mutable std::mutex mutex_;
  States states_;               // guarded by mutex_
  std::list<Leaving> leaving_;  // guarded by mutex_; ascending
  bool has_ended_ = false;      // guarded by mutex_
};

}  // namespace tayori::hub
