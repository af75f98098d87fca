// PageMessages: messages of pages on their way to the backend, while the pages wait for its answer.
//
// Messages of one client id go one after the other, in their order; those of different client ids side by side, as many
// as `parallel` allows, in the order in which they became ready. Nothing is tried again: the page, which hears how it came
// out, decides. Bounded in messages; one that does not get its turn within `patience` comes out as backend_unavailable, so
// that no page waits for longer than that and the answer together.
//
// Pure: it knows when something is due, and nothing of HTTP.
//
// Threads: any. An outcome is told on the thread that brings it about, outside of the lock.
// Source:  docs/reference/receive.md
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tayori/client_id.h"
#include "tayori/payload.h"
#include "tayori/result.h"

namespace tayori::hub {

class PageMessages {
 public:
  using Time = std::chrono::steady_clock::time_point;
  /// Is called once, unless the message was withdrawn; must not block, nor come back here.
  using Done = std::function<void(const Outcome&)>;

  struct Limits {
    /// Waiting and under way together.
    std::size_t messages = 1'000;
    std::size_t parallel = 32;
    /// The longest that a message may wait for its turn.
    std::chrono::milliseconds patience{10'000};
  };

  /// What a message that was added is known by.
  struct Ticket {
    std::string client_id;
    std::uint64_t number = 0;
  };
  struct Message {
    ClientId client_id;
    Payload payload;
  };
  struct Counts {
    std::size_t open;  // waiting and under way
    std::uint64_t taken;
    std::uint64_t failed;
    std::uint64_t withdrawn;
  };

  explicit PageMessages(const Limits& limits) : limits_(limits) {}

  /// overloaded, or shutting_down; `done` is then not called.
  [[nodiscard]] Result<Ticket> add(Message message, Done done, Time now);
  /// Nobody waits for the outcome any more: forgets the message if it waits. If it is under way it takes its course.
  void withdraw(const Ticket& ticket);

  /// The next message whose turn it is, which is under way from here on; its outcome is to be told by finish().
  [[nodiscard]] std::optional<Message> start(Time now);
  /// How the message of `client_id` that was under way came out.
  void finish(const ClientId& client_id, const Outcome& outcome);
  /// When start() has something to do, as far as is known now.
  [[nodiscard]] std::optional<Time> due() const;

  /// Takes no more, and tells those who wait shutting_down; what is under way takes its course.
  void drain();
  /// drain(), and tells those whose messages are under way that nobody waits for the backend's answer.
  void end();

  [[nodiscard]] Counts counts() const;

 private:
  struct Waiting {
    Message message;
    std::uint64_t number;
    Done done;
    Time until;
  };
  using Line = std::list<Waiting>;
  struct Queue;
  using Queues = std::unordered_map<std::string, Queue>;
  using Ready = std::list<const std::string*>;
  struct Queue {
    std::deque<Line::iterator> waiting;
    bool is_under_way = false;
    Done done;  // of the one under way
    std::optional<Ready::iterator>
        ready;  // in ready_, while something waits and nothing is under way
  };

  /// Takes the message at `place` of a queue out of everything.
  [[nodiscard]] Waiting take_out(Queues::iterator entry,
                                 std::deque<Line::iterator>::iterator place);
  void update_ready(Queues::iterator entry);
  [[nodiscard]] std::vector<Done> take_late(Time now);
  [[nodiscard]] std::vector<Done> take_waiting();

  const Limits limits_;
  mutable std::mutex mutex_;
  Line line_;      // guarded by mutex_, as is all below; who waits, in the order of coming
  Queues queues_;  // none of them without a message
  Ready ready_;    // client ids whose next message may go
  std::size_t under_way_ = 0;
  std::uint64_t added_ = 0;
  bool is_over_ = false;
  Counts counts_{};
};

}  // namespace tayori::hub
