// DevPolls: pages of the old development server's protocol, which ask for one message at a time.
//
// Each token reads the log from its own place, so that a slow poll loses nothing and two tabs with two tokens
// both get everything. A page counts as present from its first request until it has not polled for two
// seconds longer than it usually takes.
//
// Threads: any.
// Source:  channel-api.md 3.3, 3.4; spec/protocol.md 4
#pragma once

#include <chrono>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "access/token.h"
#include "hub/presence.h"
#include "hub/tail.h"
#include "session/envelope.h"
#include "tayori/result.h"

namespace tayori::hub {

class DevPolls {
 public:
  using Time = std::chrono::steady_clock::time_point;
  /// Places remembered; beyond it, the one longest unused is forgotten, and starts again at its bookmark.
  static constexpr std::size_t kPlaces = 10'000;
  static constexpr std::chrono::seconds kPatience{2};
  /// A longer silence between two polls is an absence (a machine asleep), not the page's habit.
  static constexpr std::chrono::seconds kLongestInterval{30};

  DevPolls(const std::string& epoch, Tail& tail, Presence& presence)
      : epoch_(epoch), tail_(tail), presence_(presence) {}

  /// The page is there.
  void connect(const access::TokenClaims& claims, Time now);
  /// The next message of the page, or null when none waits.
  session::EnvelopeRef poll(const access::TokenClaims& claims, Time now);
  /// The page is gone.
  void disconnect(const access::TokenClaims& claims, Time now);
  /// The pages of `client` have been ended.
  void end(const broker::Topic& client, Time now);
  /// Counts pages that stopped polling as gone.
  void expire(Time now);

 private:
  struct Place {
    std::string token_id;
    TopicRefs topics;
    Sequence place;
    Time last_seen;
    std::chrono::steady_clock::duration usual_interval{};
    bool is_present = false;
  };
  using Places = std::list<Place>;

  Place& visit(const access::TokenClaims& claims, Time now);
  void go(Place& place, PresenceEdge::Reason reason, Time now);

  const std::string& epoch_;
  Tail& tail_;
  Presence& presence_;
  std::mutex mutex_;
  Places places_;  // guarded by mutex_; those seen last in front
  std::unordered_map<std::string, Places::iterator> by_token_;  // guarded by mutex_
};

}  // namespace tayori::hub
