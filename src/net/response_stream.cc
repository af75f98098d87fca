#include "net/response_stream.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <utility>

namespace tayori::net {

ResponseStream::ResponseStream(Loop& loop, Socket socket, std::chrono::milliseconds silence)
    : StreamConnection(loop, std::move(socket)) {
  loop.traffic().response_streams_open.add(1);
  const auto milliseconds = static_cast<unsigned>(silence.count());
  ::setsockopt(this->socket().native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds,
               sizeof(milliseconds));
}

ResponseStream::~ResponseStream() { loop().traffic().response_streams_open.subtract(1); }

void ResponseStream::start(ResponseStreamEvents& events) {
  events_ = &events;
  wait_readable();
}

bool ResponseStream::on_bytes(std::span<char> /*bytes*/) { return is_open(); }

void ResponseStream::on_cut() {
  if (events_ != nullptr) events_->on_end();
}

void ResponseStream::on_room() {
  if (events_ != nullptr) events_->on_writable();
}

}  // namespace tayori::net
