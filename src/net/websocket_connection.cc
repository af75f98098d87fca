#include "net/websocket_connection.h"

#include <utility>

namespace tayori::net {

WebSocketConnection::WebSocketConnection(Loop& loop, Socket socket, WebSocketLimits limits)
    : StreamConnection(loop, std::move(socket)), reader_(limits) {
  loop.traffic().websockets_open.add(1);
}

WebSocketConnection::~WebSocketConnection() { loop().traffic().websockets_open.subtract(1); }

void WebSocketConnection::start(WebSocketEvents& events, std::string early) {
  events_ = &events;
  const auto self = shared_from_this();  // a violation may end the owner's hold
  if (!early.empty() && !on_bytes(early)) return;
  wait_readable();
}

bool WebSocketConnection::on_bytes(std::span<char> bytes) {
  if (events_ != nullptr) events_->on_heard();
  // What comes after our own close is dropped unread.
  while (!is_closing() && !has_ended_) {
    const auto event = reader_.next(bytes);
    if (!event) break;
    using Kind = WebSocketReader::Event::Kind;
    switch (event->kind) {
      case Kind::text:
        if (events_ != nullptr) events_->on_text(event->data);
        break;
      case Kind::ping:
        if (events_ != nullptr) events_->on_ping(event->data);
        break;
      case Kind::pong: break;
      case Kind::binary: tell_end({.code = 1003, .by_violation = true}); break;
      case Kind::violation: tell_end({.code = event->close_code, .by_violation = true}); break;
      case Kind::close:
        answer_close(event->close_code);
        abort();
        tell_end({.code = event->close_code, .by_violation = false});
        break;
    }
  }
  return is_open();
}

void WebSocketConnection::answer_close(std::uint16_t code) {
  // Behind half a frame it would be read as that frame's rest; the peer then has to do without.
  if (is_waiting_writable()) return;
  const std::string frame = close_frame(code == 1005 ? 1000 : code);
  const iovec bytes{const_cast<char*>(frame.data()),
                    frame.size()};  // NOLINT(*-const-cast): only read
  static_cast<void>(write({&bytes, 1}));
}

void WebSocketConnection::on_cut() { tell_end({.code = 1006, .by_violation = false}); }

void WebSocketConnection::on_room() {
  if (events_ != nullptr) events_->on_writable();
}

void WebSocketConnection::tell_end(WebSocketEnd end) {
  if (has_ended_) return;
  has_ended_ = true;
  if (events_ != nullptr) events_->on_end(end);
}

}  // namespace tayori::net
