// SharedSocket: one WebSocket connection that carries the frames of several channels of a page.
//
// Frames `k` say which channel the following ones are of. A frame never waits half sent behind another channel's: its
// rest is taken over here, so that only whole frames wait in outboxes.
//
// Threads: its loop only.
// Source:  spec/protocol.md 2.6
#pragma once

#include <boost/container/flat_map.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "net/websocket_connection.h"
#include "session/outbox.h"
#include "session/transport.h"

namespace tayori::session {

class ChannelTransport;
class SharedSocket;

class SharedSocketEvents {
 public:
  /// A channel is being opened: a ChannelTransport is to be made for it.
  virtual void on_channel(SharedSocket& socket, std::uint32_t number) = 0;
  /// Nothing more comes. Every channel has been told.
  virtual void on_end(SharedSocket& socket) = 0;

 protected:
  ~SharedSocketEvents() = default;
};

class SharedSocket final : private net::WebSocketEvents {
 public:
  static constexpr std::string_view kSubprotocol = "tayori.shared.v1";
  static constexpr std::size_t kChannelsMax = 64;

  /// `events` outlives the socket, and the socket outlives its channels.
  SharedSocket(std::shared_ptr<net::WebSocketConnection> connection, SharedSocketEvents& events);
  ~SharedSocket();
  SharedSocket(const SharedSocket&) = delete;
  SharedSocket& operator=(const SharedSocket&) = delete;

  /// Begins to read; `early` is what the page sent behind its upgrade request.
  void start(std::string early);
  /// Tells the page of `code` and ends; what channels are open are lost.
  void end(ErrorCode code);
  [[nodiscard]] bool has_channels() const { return !channels_.empty(); }

 private:
  friend class ChannelTransport;

  void add(ChannelTransport& channel);
  void flush(const ChannelTransport& channel, Outbox& outbox);
  /// `last_words` is a frame of the protocol, or empty. The last channel takes the connection along, with `close_code`.
  void remove(const ChannelTransport& channel, Outbox& outbox, std::string_view last_words,
              std::uint16_t close_code);
  /// For one that is destroyed in the middle of things.
  void forget(const ChannelTransport& channel);

  void on_text(std::string_view text) override;
  void on_ping(std::string_view data) override;
  void on_heard() override { ++heard_; }
  void on_writable() override;
  void on_end(const net::WebSocketEnd& end) override;

  [[nodiscard]] ChannelTransport* find(std::uint32_t number) const;
  void select(std::uint32_t number);
  /// Opens the channel that the page's frames are of; false when it may not.
  [[nodiscard]] bool open_selected();
  void write_own();
  void close(std::uint16_t code);
  void end_all(Departure departure);

  std::shared_ptr<net::WebSocketConnection> connection_;
  SharedSocketEvents& events_;
  boost::container::flat_map<std::uint32_t, ChannelTransport*> channels_;
  std::uint32_t in_ = 0;       // the channel of the page's frames
  std::uint32_t out_ = 0;      // the channel of ours
  std::uint32_t next_in_ = 0;  // numbers below it have been used
  std::uint32_t heard_ = 0;
  std::uint32_t sent_ = 0;
  bool is_blocked_ = false;
  /// Bytes that go before all outboxes: rests, `k`, last words, pongs.
  std::string own_;
  /// The newest ping that came while the connection was blocked.
  std::optional<std::string> ping_;
};

}  // namespace tayori::session
