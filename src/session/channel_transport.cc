#include "session/channel_transport.h"

#include <utility>

namespace tayori::session {

ChannelTransport::ChannelTransport(SharedSocket& socket, std::uint32_t number,
                                   TransportEvents& events)
    : socket_(&socket),
      number_(number),
      events_(events),
      heard_(socket.heard_ - 1),
      sent_(socket.sent_) {
  socket.add(*this);
}

ChannelTransport::~ChannelTransport() {
  if (socket_ != nullptr) socket_->forget(*this);
}

void ChannelTransport::flush(Outbox& outbox) {
  if (socket_ != nullptr) socket_->flush(*this, outbox);
}

void ChannelTransport::end(Outbox& outbox, const Farewell& farewell) {
  leave(outbox, error_frame(farewell), static_cast<std::uint16_t>(facts(farewell.code).close_code));
}

void ChannelTransport::end_in_order(Outbox& outbox) { leave(outbox, {}, 1000); }

void ChannelTransport::leave(Outbox& outbox, std::string_view last_words,
                             std::uint16_t close_code) {
  if (auto* socket = std::exchange(socket_, nullptr))
    socket->remove(*this, outbox, last_words, close_code);
}

bool ChannelTransport::take_heard() {
  return socket_ != nullptr && std::exchange(heard_, socket_->heard_) != socket_->heard_;
}

bool ChannelTransport::take_sent() {
  return socket_ != nullptr && std::exchange(sent_, socket_->sent_) != socket_->sent_;
}

}  // namespace tayori::session
