// Outbox: the encoded frames waiting for one transport.
//
// Bounded in bytes. A message that would pass the limit is refused, and the page then comes back by its cursor:
// one that cannot keep up reads on from the log instead of holding memory. Frames of the protocol itself are
// never refused, or a slow but healthy page would die of an unanswered ping; whoever pushes them bounds them.
//
// Threads: its session's loop only.
// Source:  docs/explanation/backpressure.md
#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "session/envelope.h"

namespace tayori::session {

class Outbox {
 public:
  enum class Push { accepted, refused };

  /// `limit` in bytes of encoded frames.
  explicit Outbox(std::size_t limit) : limit_(limit) {}

  /// Takes a share of `message`; copies no bytes. After `refused` the outbox is unchanged. The first
  /// message is always accepted, however small the limit: an answer to a poll has nothing but it to go on.
  [[nodiscard]] Push push(const EnvelopeRef& message);
  void push_frame(EnvelopeRef frame);

  /// Whether the next message would be refused, however short.
  [[nodiscard]] bool full() const { return bytes_ >= limit_; }
  [[nodiscard]] bool empty() const { return begin_ == queue_.size(); }
  /// Frames of which some byte is not yet consumed.
  [[nodiscard]] std::size_t frames() const { return queue_.size() - begin_; }
  /// Bytes not yet consumed.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  /// Frames that the queue has memory for.
  [[nodiscard]] std::size_t capacity() const { return queue_.capacity(); }

  /// Points `parts` at the first unsent bytes, a frame a part, in order; returns how many parts it filled.
  [[nodiscard]] std::size_t gather(std::span<iovec> parts) const;
  /// `count` bytes of what gather() showed have been sent.
  void consume(std::size_t count);
  /// The rest of a frame that is half sent, which leaves the outbox; empty when there is none.
  [[nodiscard]] std::string take_half_sent();
  /// Drops all but a frame that is already half sent.
  void drop_unsent();

 private:
  /// Beyond this an emptied queue gives its memory back, so that one burst does not stay with a session.
  static constexpr std::size_t kKeptCapacity = 16;

  [[nodiscard]] bool has_messages() const;
  void forget_sent();

  std::size_t limit_;
  std::vector<EnvelopeRef> queue_;
  std::size_t begin_ = 0;   // of the unsent in queue_
  std::size_t offset_ = 0;  // bytes of queue_[begin_] that have been sent
  std::size_t bytes_ = 0;
};

}  // namespace tayori::session
