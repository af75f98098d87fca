// Confirmations: sends that wait for a page to say that it has handled the message.
//
// Threads: any.
// Source:  spec/protocol.md 2.2 (`a`); docs/reference/backend-api.md (send_message)
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tayori/channel.h"
#include "tayori/client_id.h"
#include "tayori/cursor.h"

namespace tayori::hub {

class Confirmations {
 public:
  using Time = std::chrono::steady_clock::time_point;
  /// Called once, without a lock.
  using Done = std::function<void(Verdict)>;
  /// Whether a client id is here.
  using IsHere = std::function<bool(const ClientId&)>;

  explicit Confirmations(IsHere is_here) : is_here_(std::move(is_here)) {}

  /// `done` hears `delivered` as soon as a page of `client_id` has come to `number`; otherwise, at `deadline`, whether
  /// one is here.
  void await(const ClientId& client_id, Sequence number, Time deadline, Done done);
  /// A page of the client has handled everything up to `through`.
  void confirm(const std::string& client, Sequence through);
  /// Whether a page of the client is to be asked how far it has come.
  [[nodiscard]] bool awaits(const std::string& client) const;
  /// Answers those whose time is over.
  void expire(Time now);
  /// Answers all, and who waits after this at once: the server stops.
  void end();

 private:
  struct Waiting {
    ClientId client_id;
    Sequence number;
    Time deadline;
    Done done;
  };
  using All = std::multimap<std::string, Waiting, std::less<>>;

  template <typename IsOver>
  [[nodiscard]] std::vector<Waiting> take_if(IsOver is_over);
  void answer(std::vector<Waiting> over) const;

  const IsHere is_here_;
  mutable std::mutex mutex_;
  All waiting_;                        // guarded by mutex_
  bool has_ended_ = false;             // guarded by mutex_
  std::atomic<std::size_t> count_{0};  // so that those who need not wait need no lock
};

}  // namespace tayori::hub
