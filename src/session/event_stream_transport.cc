#include "session/event_stream_transport.h"

#include <utility>

#include "session/gather.h"

namespace tayori::session {

EventStreamTransport::EventStreamTransport(std::shared_ptr<net::ResponseStream> stream,
                                           TransportEvents& events, Outbox& outbox)
    : stream_(std::move(stream)), events_(events), outbox_(outbox) {}

EventStreamTransport::~EventStreamTransport() {
  if (!stream_) return;
  stream_->detach();
  stream_->abort();
}

void EventStreamTransport::start() { stream_->start(*this); }

void EventStreamTransport::flush(Outbox& outbox) {
  while (stream_ && !outbox.empty() && !is_blocked_) {
    const Written written = write_some(outbox, *stream_);
    is_blocked_ = written.is_blocked;
    if (written.bytes > 0) has_sent_ = has_progressed_ = true;
  }
}

void EventStreamTransport::end(Outbox& outbox, const Farewell& farewell) {
  if (!stream_) return;
  leave_unsent(outbox);
  outbox.push_frame(encode_frame(WireFormat::event_stream, error_frame(farewell)));
  finish(outbox);
}

void EventStreamTransport::end_in_order(Outbox& outbox) {
  if (!stream_) return;
  leave_unsent(outbox);
  finish(outbox);
}

void EventStreamTransport::leave_unsent(Outbox& outbox) {
  flush(outbox);
  // What waits behind a full socket is left to the log: the page comes back for it by cursor.
  if (is_blocked_) outbox.drop_unsent();
}

void EventStreamTransport::finish(Outbox& outbox) {
  flush(outbox);
  stream_->detach();
  stream_->close(rest_of(outbox));
  stream_.reset();
}

bool EventStreamTransport::take_heard() {
  const bool has_progressed = std::exchange(has_progressed_, false);
  if (!stream_ || outbox_.empty()) return true;
  // The kernel says that there is room when a third of its megabytes is free: a slow reader needs minutes for that.
  const std::size_t untaken = stream_->untaken();
  return untaken < std::exchange(untaken_, untaken) || has_progressed;
}

void EventStreamTransport::on_writable() {
  is_blocked_ = false;
  events_.on_room();
}

void EventStreamTransport::on_end() {
  stream_.reset();
  events_.on_departed(Departure::lost);
}

}  // namespace tayori::session
