// send_stub.so: lets a server believe that its frames were sent, so that only its own work is left
// to measure.
//
// While ProbePage::stub_frames is set, a write that starts with a frame is counted and reported as
// complete; everything else (handshakes, HTTP answers) reaches the kernel. The stub's own cost, a
// call and a few loads, is part of the figure, as it is of the bare loop's.
//
// Threads: any; the count is exact while one thread writes frames, which --loops 1 sees to.
// Source:  send(2), sendmsg(2), writev(2), write(2)
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "probe/server_side.h"

namespace tayori::bench {
namespace {

/// Whether this write is to be left out, and counts it. A plain load and store: a locked addition
/// would cost as much as a lean server's whole delivery.
bool stubs(const void* bytes, std::size_t size) {
  ProbePage& page = probe_page();
  if (!page.stub_frames.load(std::memory_order_relaxed) || !is_frame(bytes, size)) return false;
  page.stubbed.store(page.stubbed.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  return true;
}

bool stubs(const iovec* pieces, std::size_t count) {
  return count > 0 && stubs(pieces->iov_base, pieces->iov_len);
}

ssize_t total(const iovec* pieces, std::size_t count) {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < count; ++i) bytes += pieces[i].iov_len;
  return static_cast<ssize_t>(bytes);
}

}  // namespace
}  // namespace tayori::bench

using tayori::bench::next;
using tayori::bench::stubs;
using tayori::bench::total;

extern "C" {

ssize_t send(int socket, const void* bytes, std::size_t size, int flags) {
  static auto* const real = next<decltype(::send)>("send");
  return stubs(bytes, size) ? static_cast<ssize_t>(size) : real(socket, bytes, size, flags);
}

ssize_t write(int file, const void* bytes, std::size_t size) {
  static auto* const real = next<decltype(::write)>("write");
  return stubs(bytes, size) ? static_cast<ssize_t>(size) : real(file, bytes, size);
}

ssize_t sendmsg(int socket, const msghdr* message, int flags) {
  static auto* const real = next<decltype(::sendmsg)>("sendmsg");
  if (stubs(message->msg_iov, message->msg_iovlen))
    return total(message->msg_iov, message->msg_iovlen);
  return real(socket, message, flags);
}

ssize_t writev(int file, const iovec* pieces, int count) {
  static auto* const real = next<decltype(::writev)>("writev");
  const auto pieces_given = static_cast<std::size_t>(count);
  return stubs(pieces, pieces_given) ? total(pieces, pieces_given) : real(file, pieces, count);
}

}  // extern "C"
