#include "net/stream_connection.h"

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <boost/system/error_code.hpp>
#include <cerrno>
#include <utility>

namespace tayori::net {

using boost::system::error_code;

StreamConnection::StreamConnection(Loop& loop, Socket socket)
    : loop_(loop), socket_(std::move(socket)) {
  loop_.traffic().connections_open.add(1);
}

StreamConnection::~StreamConnection() { loop_.traffic().connections_open.subtract(1); }

void StreamConnection::wait_readable() {
  socket_.async_wait(Socket::wait_read, [self = shared_from_this()](const error_code& error) {
    if (error) return;
    self->read();
  });
}

void StreamConnection::read() {
  const std::span<char> buffer = loop_.read_buffer();
  const ssize_t count = ::recv(socket_.native_handle(), buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return wait_readable();
  if (count <= 0) {
    abort();
    return on_cut();
  }
  const auto size = static_cast<std::size_t>(count);
  loop_.traffic().bytes_in.add(size);
  // One read a turn, even when more is waiting: a peer that never stops sending waits for the others.
  if (on_bytes(buffer.first(size))) wait_readable();
}

std::size_t StreamConnection::write(std::span<const iovec> parts) {
  const int handle = socket_.native_handle();
  ssize_t taken = 0;
  if (parts.size() == 1) {
    taken = ::send(handle, parts[0].iov_base, parts[0].iov_len, MSG_DONTWAIT | MSG_NOSIGNAL);
  } else {
    msghdr message{};
    // NOLINTNEXTLINE(*-const-cast): sendmsg only reads it
    message.msg_iov = const_cast<iovec*>(parts.data());
    message.msg_iovlen = parts.size();
    taken = ::sendmsg(handle, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
  }
  std::size_t wanted = 0;
  for (const iovec& part : parts) wanted += part.iov_len;
  const std::size_t done = taken < 0 ? 0 : static_cast<std::size_t>(taken);
  loop_.traffic().bytes_out.add(done);
  // A broken connection is noticed by its read side; until then it takes nothing.
  if (done < wanted && !is_waiting_writable_) {
    is_waiting_writable_ = true;
    socket_.async_wait(Socket::wait_write, [self = shared_from_this()](const error_code& error) {
      self->is_waiting_writable_ = false;
      if (!error) self->go_on_writing();
    });
  }
  return done;
}

std::size_t StreamConnection::untaken() {
  int count = 0;
  ::ioctl(socket_.native_handle(), SIOCOUTQ, &count);
  return static_cast<std::size_t>(count);
}

void StreamConnection::go_on_writing() {
  if (closing_) return write_rest();
  on_room();
}

void StreamConnection::close(std::string rest) {
  if (closing_ || !socket_.is_open()) return;
  closing_ = std::make_unique<Closing>(Closing{std::move(rest), loop_.clock().steady() + kLinger});
  loop_.sweep(*this);
  write_rest();
}

void StreamConnection::write_rest() {
  std::string& rest = closing_->rest;
  if (!rest.empty() && !is_waiting_writable_) {
    const iovec bytes{rest.data(), rest.size()};
    rest.erase(0, write({&bytes, 1}));
  }
  if (!rest.empty()) return;
  // Only our side: closing the socket at once, with bytes of the peer unread, would reset the connection and
  // take the last of ours with it.
  error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
}

void StreamConnection::abort() {
  error_code ignored;
  socket_.close(ignored);
  Swept::unlink();
}

void StreamConnection::on_sweep(std::chrono::steady_clock::time_point now) {
  if (now >= closing_->cut_at) abort();
}

}  // namespace tayori::net
