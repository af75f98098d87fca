#include "session/websocket_transport.h"

#include <algorithm>
#include <utility>

#include "session/gather.h"

namespace tayori::session {
namespace {

bool is_orderly(std::uint16_t close_code) { return close_code == 1000 || close_code == 1001; }

}  // namespace

WebSocketTransport::WebSocketTransport(std::shared_ptr<net::WebSocketConnection> connection,
                                       TransportEvents& events, Outbox& outbox)
    : connection_(std::move(connection)), events_(events), outbox_(outbox) {}

WebSocketTransport::~WebSocketTransport() {
  if (!connection_) return;
  connection_->detach();
  connection_->abort();
}

void WebSocketTransport::start(std::string early) { connection_->start(*this, std::move(early)); }

void WebSocketTransport::flush(Outbox& outbox) {
  if (!connection_ || is_blocked_) return;
  while (!outbox.empty() && !is_blocked_) {
    const Written written = write_some(outbox, *connection_);
    is_blocked_ = written.is_blocked;
    count_sent(written.bytes);
  }
}

void WebSocketTransport::count_sent(std::size_t bytes) {
  if (bytes > 0) has_sent_ = true;
  if (until_pong_ == 0) return;
  until_pong_ -= std::min(until_pong_, bytes);
  if (until_pong_ > 0 || !next_ping_) return;
  queue_pong(*next_ping_);
  next_ping_.reset();
}

void WebSocketTransport::queue_pong(std::string_view data) {
  outbox_.push_frame(Envelope::raw(net::pong_frame(data)));
  until_pong_ = outbox_.bytes();
}

void WebSocketTransport::end(Outbox& outbox, const Farewell& farewell) {
  if (!connection_) return;
  leave_unsent(outbox);
  outbox.push_frame(Envelope::frame(error_frame(farewell)));
  const ErrorFacts& told = facts(farewell.code);
  close_with(outbox, net::close_frame(static_cast<std::uint16_t>(told.close_code), told.name));
}

void WebSocketTransport::end_in_order(Outbox& outbox) {
  if (!connection_) return;
  leave_unsent(outbox);
  close_with(outbox, net::close_frame(1000));
}

void WebSocketTransport::leave_unsent(Outbox& outbox) {
  flush(outbox);
  // Messages that wait behind a full socket are left to the log: the page comes back for them by cursor.
  if (is_blocked_) outbox.drop_unsent();
  next_ping_.reset();
}

void WebSocketTransport::close_with(Outbox& outbox, std::string close_frame) {
  outbox.push_frame(Envelope::raw(std::move(close_frame)));
  flush(outbox);
  connection_->detach();
  connection_->close(rest_of(outbox));
  connection_.reset();
}

void WebSocketTransport::on_text(std::string_view text) {
  auto frame = parse_page_frame(text);
  if (!frame) return events_.on_refused(frame.error());
  events_.on_frame(std::move(*frame));
}

void WebSocketTransport::on_ping(std::string_view data) {
  // RFC 6455 section 5.5.3: of several pings it is enough to answer the newest; so one pong at a time is queued,
  // however many pings come.
  if (until_pong_ > 0) {
    next_ping_ = std::make_unique<const std::string>(data);
    return;
  }
  queue_pong(data);
  flush(outbox_);
}

void WebSocketTransport::on_writable() {
  is_blocked_ = false;
  events_.on_room();
}

void WebSocketTransport::on_end(const net::WebSocketEnd& end) {
  if (end.by_violation) {
    return events_.on_refused(Error::of(violation_of(end.code)));
  }
  connection_.reset();
  events_.on_departed(is_orderly(end.code) ? Departure::closed : Departure::lost);
}

}  // namespace tayori::session
