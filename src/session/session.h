// Session: one live browser page's place in the log, with what waits to be sent to it.
//
// A cursor over the log: what is at or before the place is never handed over again, so that replay and live
// delivery may overlap. Survives the transport it is fed through.
//
// Threads: its loop only.
// Source:  docs/explanation/log.md
#pragma once

#include <chrono>
#include <cstdint>

#include "session/envelope.h"
#include "session/outbox.h"

namespace tayori::session {

class Session {
 public:
  enum class Delivery { queued, already_had, refused };

  Session(std::uint64_t id, std::size_t outbox_limit) : id_(id), outbox_(outbox_limit) {}

  /// Queues `message` unless the session is beyond it. After `refused` nothing has changed.
  [[nodiscard]] Delivery deliver(const EnvelopeRef& message) {
    if (message->sequence() <= place_) return Delivery::already_had;
    if (outbox_.push(message) == Outbox::Push::refused) return Delivery::refused;
    place_ = message->sequence();
    return Delivery::queued;
  }

  /// Everything up to `place` has been handed over or told to be lost.
  void move_to(Sequence place) {
    if (place > place_) place_ = place;
  }

  void expire_at(std::chrono::system_clock::time_point end) { expires_at_ = end; }
  [[nodiscard]] std::chrono::system_clock::time_point expires_at() const { return expires_at_; }

  [[nodiscard]] std::uint64_t id() const { return id_; }
  /// Goes on as the session `id`.
  void continue_as(std::uint64_t id) { id_ = id; }
  [[nodiscard]] Sequence place() const { return place_; }
  [[nodiscard]] Outbox& outbox() { return outbox_; }

 private:
  std::uint64_t id_;
  Sequence place_;
  std::chrono::system_clock::time_point expires_at_;
  Outbox outbox_;
};

}  // namespace tayori::session
