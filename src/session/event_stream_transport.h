// EventStreamTransport: a session's frames as server-sent events in an HTTP answer without end.
//
// Nothing is heard of the page on it: a page that takes what is sent is alive, and one that takes nothing for
// too long is not.
//
// Threads: its loop only.
// Source:  spec/protocol.md 3.1
#pragma once

#include <cstddef>
#include <memory>

#include "net/response_stream.h"
#include "session/transport.h"

namespace tayori::session {

class EventStreamTransport final : public Transport, private net::ResponseStreamEvents {
 public:
  /// `events` and `outbox` outlive the transport.
  EventStreamTransport(std::shared_ptr<net::ResponseStream> stream, TransportEvents& events,
                       Outbox& outbox);
  ~EventStreamTransport() override;

  /// Begins to watch the page.
  void start();

  [[nodiscard]] WireFormat format() const override { return WireFormat::event_stream; }
  void flush(Outbox& outbox) override;
  void end(Outbox& outbox, const Farewell& farewell) override;
  void end_in_order(Outbox& outbox) override;
  [[nodiscard]] bool take_heard() override;
  [[nodiscard]] bool take_sent() override { return std::exchange(has_sent_, false); }

 private:
  void on_writable() override;
  void on_end() override;

  void leave_unsent(Outbox& outbox);
  void finish(Outbox& outbox);

  std::shared_ptr<net::ResponseStream> stream_;
  TransportEvents& events_;
  const Outbox& outbox_;
  bool has_progressed_ = true;
  bool has_sent_ = false;
  bool is_blocked_ = false;
  std::size_t untaken_ = 0;  // bytes in the kernel when that was last asked
};

}  // namespace tayori::session
