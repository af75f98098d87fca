// Transport: how a session's frames reach one page.
//
// Takes frames from the outbox as fast as the page reads them and never holds one of its own, so that what a
// page has not got is in one place. News of the page goes up through TransportEvents.
//
// Threads: its loop only.
// Source:  spec/protocol.md 2, 3; docs/explanation/life-of-a-push.md
#pragma once

#include <chrono>

#include "session/encodings.h"
#include "session/frames.h"
#include "session/outbox.h"

namespace tayori::session {

/// How a page went.
enum class Departure {
  closed,    ///< the page said so
  lost,      ///< the connection ended without a word
  answered,  ///< a poll has got its answer, or another connection goes on; the page asks again
};

class TransportEvents {
 public:
  virtual void on_frame(PageFrame frame) = 0;
  /// The page broke the protocol; it is told and closed by end(error.code).
  virtual void on_refused(const Error& error) = 0;
  /// The page took what was in the way: flush() again.
  virtual void on_room() = 0;
  /// The page is gone. The transport may be destroyed within.
  virtual void on_departed(Departure departure) = 0;

 protected:
  ~TransportEvents() = default;
};

class Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  /// The form of what goes into its outbox.
  [[nodiscard]] virtual WireFormat format() const = 0;
  /// Sends what it can of `outbox`. What is left waits for on_room().
  virtual void flush(Outbox& outbox) = 0;
  /// Tells the page why and ends, after what is in `outbox` as far as the page takes it at once. No event
  /// follows.
  virtual void end(Outbox& outbox, const Farewell& farewell) = 0;
  /// Ends with a plain close, as an answer to the page's own.
  virtual void end_in_order(Outbox& outbox) = 0;
  /// Whether anything was heard of the page, or sent to it, since this was last asked.
  [[nodiscard]] virtual bool take_heard() = 0;
  [[nodiscard]] virtual bool take_sent() = 0;
  /// Time has passed; called as often as its loop sweeps.
  virtual void on_time(std::chrono::steady_clock::time_point /*now*/) {}
};

}  // namespace tayori::session
