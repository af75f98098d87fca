#include "hub/shared_sockets.h"

#include <algorithm>
#include <utility>

#include "hub/loop_hub.h"

namespace tayori::hub {

void SharedSockets::adopt(std::shared_ptr<net::WebSocketConnection> connection, std::string early) {
  session::SharedSocketEvents& events = *this;
  shared_.push_back(
      {.socket = std::make_unique<session::SharedSocket>(std::move(connection), events),
       .idle_since = home_.loop().clock().steady()});
  shared_.back().socket->start(std::move(early));
}

void SharedSockets::end_idle(std::chrono::steady_clock::time_point now) {
  std::vector<session::SharedSocket*> idle;
  for (Shared& shared : shared_) {
    if (shared.socket->has_channels()) shared.idle_since = now;
    if (now - shared.idle_since >= home_.node().limits.authenticate)
      idle.push_back(shared.socket.get());
  }
  for (session::SharedSocket* socket : idle) socket->end(ErrorCode::not_authenticated);
}

void SharedSockets::drain() {
  while (!shared_.empty()) shared_.back().socket->end(ErrorCode::shutting_down);
}

void SharedSockets::on_channel(session::SharedSocket& socket, std::uint32_t number) {
  home_.join(socket, number);
}

void SharedSockets::on_end(session::SharedSocket& socket) {
  const auto entry = std::ranges::find_if(
      shared_, [&](const Shared& shared) { return shared.socket.get() == &socket; });
  ended_.push_back(std::move(entry->socket));
  shared_.erase(entry);
  if (ended_.size() == 1) home_.loop().post([this] { ended_.clear(); });
}

}  // namespace tayori::hub
