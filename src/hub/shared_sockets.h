// SharedSockets: the connections of one loop that each carry several channels of a page.
//
// Threads: its loop only.
// Source:  spec/protocol.md 2.6
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "net/websocket_connection.h"
#include "session/shared_socket.h"

namespace tayori::hub {

class LoopHub;

class SharedSockets final : private session::SharedSocketEvents {
 public:
  /// `home` outlives this, and its pages do not.
  explicit SharedSockets(LoopHub& home) : home_(home) {}

  /// Takes an upgraded connection in; `early` is what came behind its request.
  void adopt(std::shared_ptr<net::WebSocketConnection> connection, std::string early);
  /// Ends those that have had no channel for longer than a page may take to its token.
  void end_idle(std::chrono::steady_clock::time_point now);
  /// Ends them all. REQUIRES: their pages have been told.
  void drain();

 private:
  struct Shared {
    std::unique_ptr<session::SharedSocket> socket;
    std::chrono::steady_clock::time_point idle_since;
  };

  void on_channel(session::SharedSocket& socket, std::uint32_t number) override;
  void on_end(session::SharedSocket& socket) override;

  LoopHub& home_;
  std::vector<Shared> shared_;
  /// Until the end of the turn, since their own functions may still be running.
  std::vector<std::unique_ptr<session::SharedSocket>> ended_;
};

}  // namespace tayori::hub
