// WebSocketConnection: an upgraded socket that gives whole messages in, and takes whole frames out.
//
// It knows frames, not what they mean. An owner lets go by detach(), then close() or abort(); nobody is called any
// more after that.
//
// Threads: its loop only.
// Source:  RFC 6455
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "net/stream_connection.h"
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

class WebSocketConnection final : public StreamConnection {
 public:
  /// Adopts an upgraded `socket`. The last that is written before close(), or its `rest`, is a close frame.
  WebSocketConnection(Loop& loop, Socket socket, WebSocketLimits limits);
  ~WebSocketConnection();

  /// Begins to read; `early` is what the peer sent behind its upgrade request.
  void start(WebSocketEvents& events, std::string early);
  /// Nothing is reported from here on.
  void detach() { events_ = nullptr; }

 private:
  [[nodiscard]] bool on_bytes(std::span<char> bytes) override;
  void on_cut() override;
  void on_room() override;

  void answer_close(std::uint16_t code);
  void tell_end(WebSocketEnd end);

  WebSocketEvents* events_ = nullptr;
  WebSocketReader reader_;
  bool has_ended_ = false;
};

}  // namespace tayori::net
