#include "net/websocket_connection.h"

#include <sys/socket.h>

#include <boost/system/error_code.hpp>
#include <cerrno>
#include <utility>

namespace tayori::net {

using boost::system::error_code;

WebSocketConnection::WebSocketConnection(Loop& loop, Socket socket, WebSocketLimits limits)
    : loop_(loop), socket_(std::move(socket)), reader_(limits) {
  loop_.traffic().connections_open.add(1);
  loop_.traffic().websockets_open.add(1);
}

WebSocketConnection::~WebSocketConnection() {
  loop_.traffic().connections_open.subtract(1);
  loop_.traffic().websockets_open.subtract(1);
}

void WebSocketConnection::start(WebSocketEvents& events, std::string early) {
  events_ = &events;
  const auto self = shared_from_this();
  if (!early.empty() && !take(early)) return;
  wait_readable();
}

void WebSocketConnection::wait_readable() {
  socket_.async_wait(Socket::wait_read, [self = shared_from_this()](const error_code& error) {
    if (error) return;
    self->read();
  });
}

void WebSocketConnection::read() {
  const std::span<char> buffer = loop_.read_buffer();
  const ssize_t count = ::recv(socket_.native_handle(), buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return wait_readable();
  if (count <= 0) {
    abort();
    return tell_end({.code = 1006, .by_violation = false});
  }
  const auto size = static_cast<std::size_t>(count);
  loop_.traffic().bytes_in.add(size);
  // One read a turn, even when more is waiting: a peer that never stops sending waits for the others.
  if (take(buffer.first(size))) wait_readable();
}

bool WebSocketConnection::take(std::span<char> bytes) {
  if (events_ != nullptr) events_->on_heard();
  // What comes after our own close is dropped unread.
  while (!closing_ && !has_ended_) {
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
  return socket_.is_open();
}

void WebSocketConnection::answer_close(std::uint16_t code) {
  // Behind half a frame it would be read as that frame's rest; the peer then has to do without.
  if (is_waiting_writable_) return;
  const std::string frame = close_frame(code == 1005 ? 1000 : code);
  const iovec bytes{const_cast<char*>(frame.data()),
                    frame.size()};  // NOLINT(*-const-cast): only read
  static_cast<void>(write({&bytes, 1}));
}

std::size_t WebSocketConnection::write(std::span<const iovec> frames) {
  const int handle = socket_.native_handle();
  ssize_t taken = 0;
  if (frames.size() == 1) {
    taken = ::send(handle, frames[0].iov_base, frames[0].iov_len, MSG_DONTWAIT | MSG_NOSIGNAL);
  } else {
    msghdr message{};
    message.msg_iov =
        const_cast<iovec*>(frames.data());  // NOLINT(*-const-cast): sendmsg only reads it
    message.msg_iovlen = frames.size();
    taken = ::sendmsg(handle, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  }
  std::size_t wanted = 0;
  for (const iovec& frame : frames) wanted += frame.iov_len;
  const std::size_t done = taken < 0 ? 0 : static_cast<std::size_t>(taken);
  loop_.traffic().bytes_out.add(done);
  // A broken connection is noticed by its read side; until then it takes nothing.
  if (done < wanted && !is_waiting_writable_) {
    is_waiting_writable_ = true;
    socket_.async_wait(Socket::wait_write, [self = shared_from_this()](const error_code& error) {
      self->is_waiting_writable_ = false;
      if (!error) self->on_room();
    });
  }
  return done;
}

void WebSocketConnection::on_room() {
  if (closing_) return write_rest();
  if (events_ != nullptr) events_->on_writable();
}

void WebSocketConnection::close(std::string rest) {
  if (closing_ || !socket_.is_open()) return;
  closing_ = std::make_unique<Closing>(Closing{std::move(rest), loop_.clock().steady() + kLinger});
  loop_.sweep(*this);
  write_rest();
}

void WebSocketConnection::write_rest() {
  std::string& rest = closing_->rest;
  if (!rest.empty() && !is_waiting_writable_) {
    const iovec bytes{rest.data(), rest.size()};
    rest.erase(0, write({&bytes, 1}));
  }
  if (!rest.empty()) return;
  // Only our side: closing the socket at once, with bytes of the peer unread, would reset the connection and
  // take our close frame with it.
  error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
}

void WebSocketConnection::abort() {
  error_code ignored;
  socket_.close(ignored);
  Swept::unlink();
}

void WebSocketConnection::on_sweep(std::chrono::steady_clock::time_point now) {
  if (now >= closing_->cut_at) abort();
}

void WebSocketConnection::tell_end(WebSocketEnd end) {
  if (has_ended_) return;
  has_ended_ = true;
  if (events_ != nullptr) events_->on_end(end);
}

}  // namespace tayori::net
