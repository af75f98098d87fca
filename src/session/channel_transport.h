// ChannelTransport: a session's frames on a connection that it shares with other channels of its page.
//
// Threads: its loop only.
// Source:  spec/protocol.md 2.6
#pragma once

#include <cstdint>

#include "session/shared_socket.h"
#include "session/transport.h"

namespace tayori::session {

class ChannelTransport final : public Transport {
 public:
  /// Joins `socket` as channel `number`. `socket` and `events` outlive the transport.
  ChannelTransport(SharedSocket& socket, std::uint32_t number, TransportEvents& events);
  ~ChannelTransport() override;

  [[nodiscard]] WireFormat format() const override { return WireFormat::websocket; }
  void flush(Outbox& outbox) override;
  void end(Outbox& outbox, const Farewell& farewell) override;
  void end_in_order(Outbox& outbox) override;
  [[nodiscard]] bool take_heard() override;
  [[nodiscard]] bool take_sent() override;

 private:
  friend class SharedSocket;

  void leave(Outbox& outbox, std::string_view last_words, std::uint16_t close_code);

  SharedSocket* socket_;  // null once it has ended
  const std::uint32_t number_;
  TransportEvents& events_;
  std::uint32_t heard_;
  std::uint32_t sent_;
};

}  // namespace tayori::session
