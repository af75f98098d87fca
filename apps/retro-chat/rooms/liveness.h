// Liveness: who is still there, from what their pages do, and when to conclude that somebody is gone.
//
// A person in a room is there as long as one of their pages holds a channel. Without one (no JavaScript, or the
// page has not opened it yet) they are there for a while after each request. So each member is in one of these:
//
//   connected      a channel is open                                         never due
//   disconnected   the last channel closed; perhaps a reload                 due after `leave_grace`
//   silent         the last channel went without a word: a lid was closed    due after `leave_grace`, and may be spared
//   quiet          a request came while no channel was open                  due after `quiet`
//   expected       was inside when the program, or Tayori, last stopped      due after `restart_grace`
//
// Whose time is over is handed out once by due(); whether they are a member at all is the store's to know. Bounded
// by the members of all rooms and the channels that are open.
//
// Threads: any.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "store/clock.h"
#include "tayori/client_id.h"

namespace retrochat {

struct LivenessLimits {
  std::chrono::milliseconds leave_grace = std::chrono::seconds{10};
  /// Longer than the 15 minutes between two polls, so that a page whose channel cannot open stays in by polling.
  std::chrono::milliseconds quiet = std::chrono::minutes{20};
  std::chrono::milliseconds restart_grace = std::chrono::minutes{2};
};

class Liveness {
 public:
  explicit Liveness(LivenessLimits limits) : limits_(limits) {}

  void connected(const tayori::ClientId& who, TimePoint now);
  void disconnected(const tayori::ClientId& who, TimePoint now);
  void silent(const tayori::ClientId& who, TimePoint now);
  /// The channel ended because Tayori did; pages come back to the next one by themselves.
  void cut_off(const tayori::ClientId& who, TimePoint now);
  void requested(const tayori::ClientId& who, TimePoint now);
  void expected(const tayori::ClientId& who, TimePoint now);
  /// They left by themselves. A channel that is still open is remembered, in case they come in again.
  void left(const tayori::ClientId& who);

  struct Due {
    tayori::ClientId who;
    /// Since when, if they went without a word.
    std::optional<TimePoint> silent_since;
  };
  /// Those whose time is over at `now`; each is handed out once.
  [[nodiscard]] std::vector<Due> due(TimePoint now);

  /// Those whose channel has been open for `leave_grace` without a break; each is handed out once a channel.
  [[nodiscard]] std::vector<tayori::ClientId> settled(TimePoint now);
  /// Hands them out once more, if their channel is still open by then.
  void look_again(const tayori::ClientId& who, TimePoint now);

  /// Whether they may stay nonetheless, who said that they would be away: until they have been silent for `quiet`.
  bool spare(const Due& due, TimePoint now);

 private:
  struct Signs {
    bool connected = false;
    std::optional<TimePoint> deadline = {};
    std::optional<TimePoint> silent_since = {};
    /// Since when the channel is open, until settled() has handed it out.
    std::optional<TimePoint> connected_since = {};
  };

  const LivenessLimits limits_;
  std::mutex mutex_;
  std::map<tayori::ClientId, Signs> signs_;  // Guarded by mutex_. Connected, or with a deadline.
};

}  // namespace retrochat
