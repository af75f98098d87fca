// WebSocketConnection: an upgraded socket that gives whole messages in, and takes whole frames out.
//
// Reads into its loop's buffer, so that an idle one owns none. Writing never blocks and copies nothing: the
// caller learns how much was taken and is told when there is room again. It knows frames, not what they mean.
//
// Lives as long as it has an operation pending or an owner. An owner lets go by detach(), then close() or
// abort(); nobody is called any more after that.
//
// Threads: its loop only.
// Source:  RFC 6455
#pragma once

#include <sys/uio.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "net/loop.h"
#include "net/socket.h"
#include "net/websocket_codec.h"

namespace tayori::net {

/// How a connection ended.
struct WebSocketEnd {
  /// The peer's close code (RFC 6455 section 7.1.5), 1005 for none given, 1006 when it just ended, or, for
  /// what we refused, the code with which we close.
  std::uint16_t code = 1006;
  /// The peer broke the protocol; `code` says how.
  bool by_violation = false;
};

class WebSocketEvents {
 public:
  virtual void on_text(std::string_view text) = 0;
  virtual void on_ping(std::string_view data) = 0;
  /// Something was heard of the peer, whatever it was.
  virtual void on_heard() = 0;
  /// A write that took less than all may be tried again.
  virtual void on_writable() = 0;
  /// Nothing more will be read. Called once; the connection may be let go within it. After a violation the
  /// connection still takes a close frame, then close(); otherwise it is already cut.
  virtual void on_end(const WebSocketEnd& end) = 0;

 protected:
  ~WebSocketEvents() = default;
};

class WebSocketConnection final : public std::enable_shared_from_this<WebSocketConnection>,
                                  private Swept {
 public:
  /// How long a peer may take to answer our close before the connection is cut.
  static constexpr std::chrono::seconds kLinger{5};

  /// Adopts an upgraded `socket`.
  WebSocketConnection(Loop& loop, Socket socket, WebSocketLimits limits);
  ~WebSocketConnection();
  WebSocketConnection(const WebSocketConnection&) = delete;
  WebSocketConnection& operator=(const WebSocketConnection&) = delete;

  /// Begins to read; `early` is what the peer sent behind its upgrade request.
  void start(WebSocketEvents& events, std::string early);
  /// Nothing is reported from here on.
  void detach() { events_ = nullptr; }

  /// How many of `frames`' bytes the kernel took. When fewer than all, on_writable() follows as soon as there
  /// is room; so it does, with nothing taken, when the connection is already gone.
  [[nodiscard]] std::size_t write(std::span<const iovec> frames);

  /// Ends the connection: `rest` goes out behind what was written, what comes is dropped, and then the peer's
  /// close or the time limit cuts it. REQUIRES: the last frame written or in `rest` is a close frame.
  void close(std::string rest = {});
  /// Cuts the connection at once.
  void abort();

 private:
  struct Closing {
    std::string rest;
    std::chrono::steady_clock::time_point cut_at;
  };

  void on_sweep(std::chrono::steady_clock::time_point now) override;
  void on_room();
  void write_rest();
  void wait_readable();
  void read();
  [[nodiscard]] bool take(std::span<char> bytes);
  void answer_close(std::uint16_t code);
  void tell_end(WebSocketEnd end);

  Loop& loop_;
  Socket socket_;
  WebSocketEvents* events_ = nullptr;
  WebSocketReader reader_;
  bool is_waiting_writable_ = false;
  bool has_ended_ = false;
  std::unique_ptr<Closing> closing_;  // once close() was called
};

}  // namespace tayori::net
