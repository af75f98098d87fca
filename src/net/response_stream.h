// ResponseStream: an HTTP answer that goes on until one side ends it.
//
// What the peer still sends is of no interest; that it has gone is. An owner lets go by detach(), then close()
// or abort(); nobody is called any more after that.
//
// Threads: its loop only.
// Source:  RFC 9112 section 6.3 (a body that ends with its connection)
#pragma once

#include <chrono>

#include "net/stream_connection.h"

namespace tayori::net {

class ResponseStreamEvents {
 public:
  /// A write that took less than all may be tried again.
  virtual void on_writable() = 0;
  /// The peer has gone. Called once; the stream may be let go within it.
  virtual void on_end() = 0;

 protected:
  ~ResponseStreamEvents() = default;
};

class ResponseStream final : public StreamConnection {
 public:
  /// Adopts a `socket` on which the answer's head has been sent. `silence` is how long a peer's machine may leave
  /// what is sent unacknowledged, since nothing is ever heard of it otherwise.
  ResponseStream(Loop& loop, Socket socket, std::chrono::milliseconds silence);
  ~ResponseStream();

  /// Begins to watch the peer.
  void start(ResponseStreamEvents& events);
  /// Nothing is reported from here on.
  void detach() { events_ = nullptr; }

 private:
  [[nodiscard]] bool on_bytes(std::span<char> bytes) override;
  void on_cut() override;
  void on_room() override;

  ResponseStreamEvents* events_ = nullptr;
};

}  // namespace tayori::net
