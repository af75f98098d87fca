#include "hub/loop_hub.h"

#include <algorithm>
#include <utility>

#include "base/base36.h"
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
  session::SharedSocketEvents& events = *this;
  shared_.push_back(
      {.socket = std::make_unique<session::SharedSocket>(connect(std::move(socket)), events),
       .idle_since = loop_.clock().steady()});
  session::SharedSocket& started = *shared_.back().socket;
  started.start(is_draining_ ? std::string() : std::move(early));
  if (is_draining_) started.end(ErrorCode::shutting_down);
}

void LoopHub::on_channel(session::SharedSocket& socket, std::uint32_t number) {
  Page& page = take_in(session::WireFormat::websocket);
  page.attach(std::make_unique<session::ChannelTransport>(socket, number, page));
}

void LoopHub::on_end(session::SharedSocket& socket) {
  const auto entry = std::ranges::find_if(
      shared_, [&](const Shared& shared) { return shared.socket.get() == &socket; });
  ended_.push_back(std::move(entry->socket));
  shared_.erase(entry);
  loop_.post([this] { bury(); });
}

void LoopHub::end_idle(std::chrono::steady_clock::time_point now) {
  std::vector<session::SharedSocket*> idle;
  for (Shared& shared : shared_) {
    if (shared.socket->has_channels()) shared.idle_since = now;
    if (now - shared.idle_since >= node_.limits.authenticate) idle.push_back(shared.socket.get());
  }
  for (session::SharedSocket* socket : idle) socket->end(ErrorCode::not_authenticated);
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

Page* LoopHub::find(std::uint64_t session_id, const broker::Topic& client) {
  const auto entry = pages_.find(session_id);
  return entry != pages_.end() && entry->second->is_of(client) ? entry->second.get() : nullptr;
}

template <typename Act>
void LoopHub::each_of(const broker::Topic& client, std::size_t token_id, Act act) {
  Subscribers::List* list = subscribers_.find(client);
  if (list == nullptr) return;
  // First all, then each: the list goes with its last page.
  std::vector<Page*> found;
  for (const Subscription& subscription : *list) {
    if (subscription.page->is_of(client, token_id)) found.push_back(subscription.page);
  }
  for (Page* page : found) act(*page);
}

template <typename Act>
void LoopHub::on_every_loop(Act act) {
  act(*this);
  for (const auto& there : node_.loops) {
    if (there.get() != this) there->loop_.post([act, home = there.get()] { act(*home); });
  }
}

void LoopHub::take_over(Page& page, const Arrival& arrival) {
  const auto client = broker::Topic::of(arrival.claims.client_id);
  if (!arrival.session) {
    // A poll that goes on without a word is known by its token.
    if (page.format() != session::WireFormat::json || !arrival.cursor) return;
    return fence(
        [client, token = Page::token_id(arrival.claims)](LoopHub& home, auto act) {
          home.each_of(client, token, [&](Page& old) {
            if (old.format() == session::WireFormat::json) act(old);
          });
        },
        page.number());
  }
  const auto id = base::parse_base36(*arrival.session);
  if (!id) return;
  fence(
      [client, id = *id](LoopHub& home, auto act) {
        if (Page* old = home.find(id, client)) act(*old);
      },
      page.number());
  rename(page, *id);
}

template <typename Select>
void LoopHub::fence(Select select, std::uint64_t number) {
  // On every loop, since any of them may carry it, and the page may not have heard the last of them answer. What has
  // come after this page's own opening is left alone.
  on_every_loop([select, number](LoopHub& home) {
    select(home, [number](Page& old) {
      if (old.number() < number) old.end(ErrorCode::moved);
    });
  });
}

void LoopHub::rename(Page& page, std::uint64_t id) {
  // Still there: somebody else's.
  if (pages_.contains(id)) return;
  const auto entry = pages_.find(page.id());
  auto owned = std::move(entry->second);
  pages_.erase(entry);
  page.continue_as(id);
  pages_.emplace(id, std::move(owned));
}

void LoopHub::close(const Arrival& arrival) {
  const auto client = broker::Topic::of(arrival.claims.client_id);
  const auto id = base::parse_base36(arrival.session.value_or(""));
  if (arrival.session && !id) return;
  on_every_loop([client, id, token = Page::token_id(arrival.claims)](LoopHub& home) {
    if (!id) home.each_of(client, token, [](Page& page) { page.close(); });
    if (Page* page = id ? home.find(*id, client) : nullptr) page->close();
    // Between two polls there is no page to close.
    home.node_.presence.left(client);
  });
}

void LoopHub::drain() {
  is_draining_ = true;
  for (auto next = pages_.begin(); next != pages_.end();)
    (next++)->second->end(ErrorCode::shutting_down);
  while (!shared_.empty()) shared_.back().socket->end(ErrorCode::shutting_down);
}

void LoopHub::release(Page& page) {
  const auto entry = pages_.find(page.id());
  gone_.push_back(std::move(entry->second));
  pages_.erase(entry);
  if (gone_.size() == 1) loop_.post([this] { bury(); });
}

void LoopHub::bury() {
  gone_.clear();
  ended_.clear();
}

void LoopHub::on_sweep(std::chrono::steady_clock::time_point now) {
  // Cheap when another loop has just done it.
  node_.dev_polls.expire(now);
  node_.presence.expire(now);
  node_.tail.expire();
  end_idle(now);
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
  for (auto next = pages_.begin(); next != pages_.end();) (next++)->second->resynchronise();
}

}  // namespace tayori::hub
