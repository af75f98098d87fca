#include "hub/loop_hub.h"

#include <algorithm>
#include <utility>

#include "net/response_stream.h"
#include "net/websocket_connection.h"
#include "session/channel_transport.h"
#include "session/event_stream_transport.h"
#include "session/poll_transport.h"
#include "session/websocket_transport.h"

namespace tayori::hub {

LoopHub::LoopHub(net::Loop& loop, LoopIndex index, Node node, base::Random random)
    : loop_(loop),
      index_(index),
      node_(node),
      random_(std::move(random)),
      encodings_(node.epoch),
      inbox_([this] { loop_.post([this] { deliver_waiting(); }); }) {
  loop_.sweep(*this);
}

LoopHub::~LoopHub() = default;

Result<Arrival> LoopHub::admit(session::Opening opening) const {
  auto claims = node_.channels.read(opening.token);
  if (!claims) return claims.error();
  if (node_.revocations.is_revoked(*claims)) return ErrorCode::token_revoked;
  return Arrival{.claims = std::move(*claims),
                 .cursor = std::move(opening.cursor),
                 .session = std::move(opening.session)};
}

Page& LoopHub::take_in(session::WireFormat format) {
  for (;;) {
    std::uint64_t chance = 0;
    random_.fill(std::as_writable_bytes(std::span(&chance, 1)));
    const std::uint64_t id = chance >> 1U;  // what base 36 is written for
    auto [entry, is_new] = pages_.try_emplace(id);
    if (!is_new) continue;
    entry->second = std::make_unique<Page>(*this, id, format);
    return *entry->second;
  }
}

std::shared_ptr<net::WebSocketConnection> LoopHub::connect(net::Socket socket) {
  return std::make_shared<net::WebSocketConnection>(
      loop_, std::move(socket), net::WebSocketLimits{.message = session::kPageFrameBytes});
}

void LoopHub::adopt(net::Socket socket, std::string early) {
  Page& page = take_in(session::WireFormat::websocket);
  auto transport = std::make_unique<session::WebSocketTransport>(connect(std::move(socket)), page,
                                                                 page.outbox());
  session::WebSocketTransport& started = *transport;
  page.attach(std::move(transport));
  // One that is turned away reads too: a socket closed upon unread bytes resets, and the reason is lost.
  started.start(is_draining_ ? std::string() : std::move(early));
  if (is_draining_) page.end(ErrorCode::shutting_down);
}

void LoopHub::adopt_shared(net::Socket socket, std::string early) {
  shared_.adopt(connect(std::move(socket)), is_draining_ ? std::string() : std::move(early));
  if (is_draining_) shared_.drain();
}

void LoopHub::join(session::SharedSocket& socket, std::uint32_t number) {
  Page& page = take_in(session::WireFormat::websocket);
  page.attach(std::make_unique<session::ChannelTransport>(socket, number, page));
}

void LoopHub::stream(net::HttpExchange::GivenAway given, const Arrival& arrival) {
  if (!given.socket.is_open()) return;
  Page& page = take_in(session::WireFormat::event_stream);
  auto connection = std::make_shared<net::ResponseStream>(loop_, std::move(given.socket),
                                                          2 * node_.limits.heartbeat);
  auto transport =
      std::make_unique<session::EventStreamTransport>(std::move(connection), page, page.outbox());
  session::EventStreamTransport& started = *transport;
  page.attach(std::move(transport));
  started.start();
  page.open(arrival);
}

void LoopHub::poll(net::HttpExchange exchange, HttpResponse head, std::chrono::seconds wait,
                   const Arrival& arrival) {
  Page& page = take_in(session::WireFormat::json);
  // Who names no cursor waits to hear that it is open.
  const auto held = arrival.cursor
                        ? std::min<std::chrono::milliseconds>(wait, node_.limits.poll_wait)
                        : std::chrono::milliseconds{0};
  auto transport = std::make_unique<session::PollTransport>(std::move(exchange), std::move(head),
                                                            loop_.clock().steady() + held, page);
  session::PollTransport& started = *transport;
  page.attach(std::move(transport));
  started.start();
  page.open(arrival);
}

void LoopHub::drain() {
  is_draining_ = true;
  for (auto next = pages_.begin(); next != pages_.end();)
    (next++)->second->end(ErrorCode::shutting_down);
  shared_.drain();
  // No page confirms anything any more; a backend that waits is to have its answer before the loops stop.
  node_.confirmations.end();
}

void LoopHub::release(Page& page) {
  const auto entry = pages_.find(page.id());
  gone_.push_back(std::move(entry->second));
  pages_.erase(entry);
  if (gone_.size() == 1) loop_.post([this] { bury(); });
}

void LoopHub::bury() { gone_.clear(); }

void LoopHub::on_sweep(std::chrono::steady_clock::time_point now) {
  // Cheap when another loop has just done it.
  node_.dev_polls.expire(now);
  node_.presence.expire(now);
  node_.tail.expire();
  node_.confirmations.expire(now);
  node_.endings.expire(now);
  node_.revocations.expire(loop_.clock().wall());
  shared_.end_idle(now);
}

void LoopHub::deliver_waiting() {
  if (inbox_.take(parcels_) == Inbox::Taken::overrun) return resynchronise_all();
  for (const Parcel& parcel : parcels_) {
    if (parcel.envelope == kGroupsChanged) {
      each_of(*parcel.topic, [](Page& page) { page.enter_again(); });
      continue;
    }
    Subscribers::List* list = subscribers_.find(*parcel.topic);
    if (list == nullptr) continue;
    for (Subscription& subscription : *list) subscription.page->deliver(parcel.envelope);
  }
  parcels_.clear();
}

void LoopHub::resynchronise_all() {
  for (auto next = pages_.begin(); next != pages_.end();) (next++)->second->resynchronise();
}

}  // namespace tayori::hub
