// PushQueue: what the chat has to tell a separate Tayori, in order, one after the other, until it has been told.
//
// A Tayori that is away or hangs is no concern of whoever speaks: they put their push here and go on. What the other side did
// not take is tried again, with the same idempotency key, so that what arrived unanswered is not shown twice.
//
// At `Limits::pushes` the oldest pushes give way, and of them only the rooms are remembered. Their pages are told to ask as soon
// as Tayori takes something again; the store has all of it, so nothing is lost. Of disconnects, one a client id waits, as a
// later one does all that an earlier one would; at `Limits::disconnects` the oldest gives way, and is complained of. Beyond
// `Limits::rooms` rooms that missed something, the pages of further ones find out by their next event or poll.
//
// A disconnect that nobody answered is asked for again, though it may have been done: who was shown out must not stay. Where
// Tayori can make no more tokens void, the pages are ended without that, so that one disconnect does not hold up everything;
// whoever comes back with such a token is noticed by their presence (Rooms::sweep).
//
// Threads: any (push, disconnect, ask, wait); one and the same (step).
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>

#include "tayori/client_id.h"
#include "tayori/disconnect.h"
#include "tayori/group_name.h"
#include "tayori/payload.h"
#include "tayori/result.h"
#include "text/limits.h"

namespace retrochat {

class PushQueue {
 public:
  /// The calls of Tayori. An empty key is none.
  struct Calls {
    std::function<tayori::Outcome(const tayori::GroupName&, const tayori::Payload&,
                                  const std::string& key)>
        send_group;
    std::function<tayori::Outcome(const tayori::ClientId&, tayori::Tokens)> disconnect;
  };
  struct Limits {
    std::size_t pushes = limits::kPushesWaiting;
    std::size_t disconnects = limits::kDisconnectsWaiting;
    std::size_t rooms = limits::kRoomsToAsk;
  };
  /// Told of what Tayori will never take and of what had to give way; and once when it is away, and when it is back.
  using Complain = std::function<void(std::string_view)>;

  /// `name` begins the idempotency keys, and is another one at each start of the program.
  PushQueue(Calls calls, std::string name, Limits limits, Complain complain);

  void push(tayori::GroupName room, tayori::Payload message);
  void disconnect(tayori::ClientId who);
  /// Has the pages of `room` ask what they have missed.
  void ask(const tayori::GroupName& room);

  enum class Step {
    idle,   ///< nothing waits
    done,   ///< something was taken, or never will be
    again,  ///< Tayori is away; the same is tried at the next step
  };
  /// Makes at most one call.
  Step step();

  /// Until something waits, or `stop`.
  void wait(const std::stop_token& stop);

 private:
  struct Push {
    tayori::GroupName room;
    tayori::Payload message;
  };
  struct End {
    tayori::ClientId who;
    tayori::Tokens tokens = tayori::Tokens::revoke;
  };
  struct Ask {
    tayori::GroupName room;
  };
  struct Waiting {
    std::uint64_t number;
    std::variant<Push, End, Ask> what;
  };

  void make_room_for_a_push();
  void note_missed(const tayori::GroupName& room);
  [[nodiscard]] std::optional<Waiting> next();
  [[nodiscard]] tayori::Outcome call(const Waiting& errand) const;
  Step settle(const Waiting& errand, const tayori::Outcome& outcome);
  /// Unless it has given way during the call.
  [[nodiscard]] bool is_still_first(const Waiting& errand) const;
  /// Whether it was refused for the tokens alone; it is then tried once more without them.
  bool spares_tokens(const Waiting& errand, const tayori::Outcome& outcome);

  const Calls calls_;
  const std::string name_;
  const Limits limits_;
  const Complain complain_;
  std::mutex mutex_;
  std::condition_variable_any something_waits_;
  std::deque<Waiting>
      waiting_;  // Guarded by mutex_, as is all below; ascending, pushes and disconnects.
  std::size_t pushes_ = 0;
  std::set<tayori::GroupName> missed_;
  std::uint64_t number_ = 0;
  bool is_reachable_ = true;
};

}  // namespace retrochat
