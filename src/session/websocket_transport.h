// WebSocketTransport: a session's frames on one WebSocket connection.
//
// All frames ready at the end of a turn leave in one gather write.
//
// Threads: its loop only.
// Source:  spec/protocol.md 2
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "net/websocket_connection.h"
#include "session/transport.h"

namespace tayori::session {

class WebSocketTransport final : public Transport, private net::WebSocketEvents {
 public:
  /// `events` and `outbox` outlive the transport; pings are answered through `outbox`.
  WebSocketTransport(std::shared_ptr<net::WebSocketConnection> connection, TransportEvents& events,
                     Outbox& outbox);
  ~WebSocketTransport() override;

  /// Begins to read; `early` is what the page sent behind its upgrade request.
  void start(std::string early);

  [[nodiscard]] WireFormat format() const override { return WireFormat::websocket; }
  void flush(Outbox& outbox) override;
  void end(Outbox& outbox, const Farewell& farewell) override;
  void end_in_order(Outbox& outbox) override;
  [[nodiscard]] bool take_heard() override { return std::exchange(was_heard_, false); }
  [[nodiscard]] bool take_sent() override { return std::exchange(has_sent_, false); }

 private:
  void on_text(std::string_view text) override;
  void on_ping(std::string_view data) override;
  void on_heard() override { was_heard_ = true; }
  void on_writable() override;
  void on_end(const net::WebSocketEnd& end) override;

  void count_sent(std::size_t bytes);
  void queue_pong(std::string_view data);
  void leave_unsent(Outbox& outbox);
  void close_with(Outbox& outbox, std::string close_frame);

  std::shared_ptr<net::WebSocketConnection> connection_;
  TransportEvents& events_;
  Outbox& outbox_;
  bool was_heard_ = true;
  bool has_sent_ = false;
  bool is_blocked_ = false;
  /// Bytes to send until the queued pong is out; 0 when none is queued.
  std::size_t until_pong_ = 0;
  /// The newest ping that came meanwhile.
  std::unique_ptr<const std::string> next_ping_;
};

}  // namespace tayori::session
