#include "hub/loop_hub.h"

#include <utility>

#include "net/websocket_connection.h"
#include "session/websocket_transport.h"

namespace tayori::hub {

LoopHub::LoopHub(net::Loop& loop, LoopIndex index, Node node, base::Random random)
    : loop_(loop), index_(index), node_(node), random_(std::move(random)), inbox_([this] {
        loop_.post([this] { deliver_waiting(); });
      }) {
  loop_.sweep(*this);
}

LoopHub::~LoopHub() {
  pages_.clear_and_dispose(
      [](Page* page) { delete page; });  // NOLINT(*-owning-memory): see adopt()
}

void LoopHub::adopt(net::Socket socket, std::string early) {
  std::uint64_t id = 0;
  random_.fill(std::as_writable_bytes(std::span(&id, 1)));
  // Owned by the intrusive list, which spares a node a page; release() takes it back.
  auto page = std::make_unique<Page>(*this, id >> 1U);
  auto connection = std::make_shared<net::WebSocketConnection>(
      loop_, std::move(socket), net::WebSocketLimits{.message = session::kPageFrameBytes});
  auto transport =
      std::make_unique<session::WebSocketTransport>(std::move(connection), *page, page->outbox());
  session::WebSocketTransport& started = *transport;
  page->attach(std::move(transport));
  Page& kept = *page.release();
  pages_.push_back(kept);
  // One that is turned away reads too: a socket closed upon unread bytes resets, and the reason is lost.
  started.start(is_draining_ ? std::string() : std::move(early));
  if (is_draining_) kept.end(ErrorCode::shutting_down);
}

void LoopHub::drain() {
  is_draining_ = true;
  for (auto next = pages_.begin(); next != pages_.end();) (next++)->end(ErrorCode::shutting_down);
}

void LoopHub::release(Page& page) {
  pages_.erase(pages_.iterator_to(page));
  gone_.emplace_back(&page);
  if (gone_.size() == 1) loop_.post([this] { bury(); });
}

void LoopHub::bury() { gone_.clear(); }

void LoopHub::on_sweep(std::chrono::steady_clock::time_point now) {
  // Cheap when another loop has just done it.
  node_.dev_polls.expire(now);
  node_.presence.expire(now);
  node_.tail.expire();
}

void LoopHub::deliver_waiting() {
  if (inbox_.take(parcels_) == Inbox::Taken::overrun) return resynchronise_all();
  for (const Parcel& parcel : parcels_) {
    Subscribers::List* list = subscribers_.find(*parcel.topic);
    if (list == nullptr) continue;
    for (Subscription& subscription : *list) subscription.page->deliver(parcel.envelope);
  }
  parcels_.clear();
}

void LoopHub::resynchronise_all() {
  for (auto next = pages_.begin(); next != pages_.end();) (next++)->resynchronise();
}

}  // namespace tayori::hub
