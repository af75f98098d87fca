#include "hub/page.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/base36.h"
#include "hub/loop_hub.h"
#include "hub/recovery.h"
#include "hub/token_identity.h"
#include "hub/topics_of.h"
#include "session/poll_transport.h"

namespace tayori::hub {
namespace {

using session::WireFormat;

/// Reading from the log pauses while this much waits for the page, well below the outbox's limit, so that a
/// page which catches up slowly holds little memory.
constexpr std::size_t kReadAheadBytes = 65'536;

/// An answer to a poll takes all that it may at once.
std::size_t read_ahead(WireFormat format) {
  return format == WireFormat::json ? session::PollTransport::kBytesMax : kReadAheadBytes;
}

const session::EnvelopeRef& heartbeat_frame(WireFormat format) {
  using session::encode_frame;
  using session::kHeartbeatFrame;
  static const auto for_socket = encode_frame(WireFormat::websocket, kHeartbeatFrame);
  static const auto for_stream = encode_frame(WireFormat::event_stream, kHeartbeatFrame);
  return format == WireFormat::event_stream ? for_stream : for_socket;
}

PresenceEdge::Reason reason_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::token_timed_out: return PresenceEdge::Reason::expired;
    case ErrorCode::replaced: return PresenceEdge::Reason::replaced;
    case ErrorCode::disconnected: return PresenceEdge::Reason::disconnected;
    case ErrorCode::shutting_down: return PresenceEdge::Reason::shutdown;
    default:
      return facts(code).reconnect ? PresenceEdge::Reason::lost : PresenceEdge::Reason::closed;
  }
}

std::size_t outbox_limit(WireFormat format, const SessionLimits& limits) {
  // A stream that is behind reads on from the log by itself, so that little is enough.
  if (format == WireFormat::event_stream) return std::min(kReadAheadBytes, limits.outbox_bytes);
  return limits.outbox_bytes;
}

}  // namespace

Page::Page(LoopHub& home, std::uint64_t session_id, WireFormat format)
    : home_(home),
      session_(session_id, outbox_limit(format, home.node().limits)),
      format_(format),
      last_heard_(home.loop().clock().steady()),
      last_sent_(last_heard_) {
  home_.loop().sweep(*this);
}

Page::~Page() {
  if (state_ != State::gone && state_ != State::arriving) leave_topics();
}

std::size_t Page::token_id(const access::TokenClaims& claims) {
  return std::hash<std::string>{}(token_identity(claims));
}

void Page::deliver(const session::EnvelopeRef& message) {
  if (state_ != State::live) return;
  switch (queue(message)) {
    case session::Session::Delivery::already_had: return;
    case session::Session::Delivery::queued: home_.counters().deliveries.add(1); break;
    case session::Session::Delivery::refused: state_ = State::choked; break;
  }
  home_.loop().at_turn_end(*this);
}

session::Session::Delivery Page::queue(const session::EnvelopeRef& message) {
  if (message->sequence() <= session_.place()) return session::Session::Delivery::already_had;
  return session_.deliver(home_.encodings().message(format_, message));
}

void Page::on_turn_end() {
  if (state_ == State::choked) {
    if (format_ == WireFormat::websocket) return end(ErrorCode::too_slow);
    resynchronise();
  }
  on_room();
}

void Page::on_room() {
  if (state_ == State::gone) return;
  transport_->flush(session_.outbox());
  if (state_ == State::catching_up && session_.outbox().bytes() < read_ahead(format_)) read_on();
}

void Page::on_frame(session::PageFrame frame) {
  switch (frame.kind) {
    case session::PageFrame::Kind::heartbeat: return;
    case session::PageFrame::Kind::close: return close();
    case session::PageFrame::Kind::handled: return on_handled(frame.handled);
    case session::PageFrame::Kind::token: return take_token(std::move(frame.opening));
  }
}

void Page::on_handled(Sequence through) {
  if (state_ == State::arriving) return end(ErrorCode::protocol_error);
  home_.node().confirmations.confirm(topics_.front()->name, std::min(through, session_.place()));
}

void Page::ask() {
  // A poll's next cursor says it, and one that has no room does not come so far for now.
  if (state_ != State::live || format_ == WireFormat::json || session_.outbox().full()) return;
  session_.outbox().push_frame(session::encode_frame(format_, session::kAskFrame));
  home_.loop().at_turn_end(*this);
}

void Page::take_token(session::Opening opening) {
  auto arrival = home_.admit(std::move(opening));
  if (!arrival) return end(arrival.error().code);
  if (state_ == State::arriving) {
    open(*arrival);
  } else {
    renew(arrival->claims);
  }
}

void Page::open(const Arrival& arrival) {
  const Cursor head{home_.node().epoch, home_.node().tail.head()};
  const StartingPoint start = starting_point(arrival.cursor, arrival.claims.bookmark, head);
  topics_ = topics_of(arrival.claims);
  token_id_ = token_id(arrival.claims);
  number_ = home_.node().pages_opened.fetch_add(1, std::memory_order_relaxed) + 1;
  const auto named = base::parse_base36(arrival.session.value_or(""));
  const auto who = entrance(arrival, named);
  visit_ = who.session;
  if (const auto why = ended_before(arrival, who)) return end({ErrorCode::disconnected, *why});
  const auto welcome = home_.node().presence.opened(topics_.front(), who);
  if (!welcome) return end(welcome.error().code);
  session_.expire_at(arrival.claims.expires_at);
  session_.move_to(start.place);
  reading_from_ = start.place;
  state_ = State::catching_up;

  home_.counters().sessions_open.add(1);
  home_.counters().sessions_opened.add(1);
  // Only now, so that the client id is present all the time.
  home_.take_over(*this, arrival);
  if (arrival.claims.policy == Policy::replace && !who.comes_back)
    home_.replace_others(*this, *topics_.front());
  home_.confirm(arrival);
  subscribe();

  const bool has_lost = home_.node().tail.has_lost(topics_, start.place);
  say_opened(start.foreign ? *start.foreign : Cursor{head.epoch, start.place},
             !start.foreign && !has_lost);
  const Cursor place{head.epoch, start.place};
  if (start.foreign) say(session::gap_frame(*start.foreign, place), place);
  read_on();
}

std::optional<std::string> Page::ended_before(const Arrival& arrival,
                                              const Presence::Entrance& who) const {
  Endings& endings = home_.node().endings;
  const bool has_place = arrival.cursor && arrival.cursor->epoch == home_.node().epoch;
  if (who.comes_back && has_place)
    return endings.of(topics_.front()->name, arrival.cursor->sequence);
  if (!who.comes_back) endings.forget(topics_.front()->name);
  return std::nullopt;
}

Presence::Entrance Page::entrance(const Arrival& arrival,
                                  std::optional<std::uint64_t> named) const {
  // A poll that goes on without a word for its session is known by its token.
  const bool is_nameless = format_ == WireFormat::json && !arrival.session && arrival.cursor;
  return {.policy = arrival.claims.policy,
          .session = is_nameless ? token_id_ : named.value_or(id()),
          .comes_back = is_nameless || named.has_value()};
}

void Page::renew(const access::TokenClaims& claims) {
  if (claims.client_id.text() != topics_.front()->name) return end(ErrorCode::invalid_token);
  // The answer is never refused, so that one who never reads could be answered without end.
  if (session_.outbox().full()) return end(ErrorCode::too_slow);
  session_.expire_at(claims.expires_at);
  token_id_ = token_id(claims);
  take_topics(topics_of(claims));
  say_opened({home_.node().epoch, session_.place()}, true);
}

void Page::say_opened(const Cursor& cursor, bool recovered) {
  const auto left = session_.expires_at() - home_.loop().clock().wall();
  std::string id;
  base::append_base36(id, session_.id());
  say(session::opened_frame(
          {.session = std::move(id),
           .cursor = cursor,
           .recovered = recovered,
           .heartbeat = std::chrono::ceil<std::chrono::seconds>(home_.node().limits.heartbeat),
           .expires_in = std::chrono::ceil<std::chrono::seconds>(left)}),
      cursor);
}

void Page::say(std::string_view frame, const Cursor& cursor) {
  // No other form shows the cursor beside the frame.
  const std::string id = format_ == WireFormat::event_stream ? cursor.text() : std::string();
  session_.outbox().push_frame(session::encode_frame(format_, frame, id));
  home_.loop().at_turn_end(*this);
}

void Page::read_on() {
  while (state_ == State::catching_up && session_.outbox().bytes() < read_ahead(format_)) {
    TopicRefs joined;
    const Tail::Page page =
        home_.node().tail.read_or_join(home_.index(), topics_, session_.place(), joined);
    if (!hand_over(page)) {
      // The rest is read again when there is room for it.
      if (page.at_head) home_.node().tail.leave(home_.index(), topics_);
      return;
    }
    if (page.at_head) go_live(std::move(joined));
  }
}

bool Page::hand_over(const Tail::Page& page) {
  for (std::size_t i = 0; i <= page.items.size(); ++i) {
    if (page.gap_before == i) tell_gap(page.lost_through);
    if (i == page.items.size()) break;
    if (queue(page.items[i]) == session::Session::Delivery::refused) return false;
    home_.counters().deliveries.add(1);
    home_.loop().at_turn_end(*this);
  }
  session_.move_to(page.place);
  return true;
}

void Page::tell_gap(Sequence lost_through) {
  const std::string& epoch = home_.node().epoch;
  const Cursor to{epoch, lost_through};
  say(session::gap_frame({epoch, reading_from_}, to), to);
  home_.counters().gaps.add(1);
  // It is not told again, should what follows not fit.
  session_.move_to(lost_through);
}

void Page::subscribe() {
  subscriptions_ = std::make_unique<Subscription[]>(topics_.size());
  for (std::size_t i = 0; i < topics_.size(); ++i) {
    subscriptions_[i].page = this;
    home_.subscribers().add(topics_[i], subscriptions_[i]);
  }
}

void Page::unsubscribe() {
  hear({});
  for (std::size_t i = 0; i < topics_.size(); ++i) {
    home_.subscribers().remove(*topics_[i], subscriptions_[i]);
  }
  subscriptions_.reset();
}

void Page::hear(TopicRefs joined) {
  for (Joined& one : joined_) home_.subscribers().remove(*one.group, one.subscription);
  joined_.clear();
  for (TopicRef& group : joined) {
    Joined& one = joined_.emplace_front(std::move(group));
    one.subscription.page = this;
    home_.subscribers().add(one.group, one.subscription);
  }
}

void Page::go_live(TopicRefs joined) {
  state_ = State::live;
  hear(std::move(joined));
  if (home_.node().confirmations.awaits(topics_.front()->name)) ask();
}

void Page::take_topics(TopicRefs topics) {
  const auto is_same = [](const TopicRef& a, const TopicRef& b) { return *a == *b; };
  if (std::ranges::equal(topics, topics_, is_same)) return;
  const bool was_live = has_joined();
  if (was_live) home_.node().tail.leave(home_.index(), topics_);
  unsubscribe();
  topics_ = std::move(topics);
  subscribe();
  if (was_live) catch_up();
}

void Page::leave_topics() {
  if (has_joined()) home_.node().tail.leave(home_.index(), topics_);
  unsubscribe();
}

void Page::resynchronise() {
  if (!has_joined()) return;
  home_.node().tail.leave(home_.index(), topics_);
  catch_up();
}

void Page::enter_again() {
  // One that is behind enters with what its client id is in then.
  if (state_ == State::live) resynchronise();
}

void Page::catch_up() {
  reading_from_ = session_.place();
  state_ = State::catching_up;
  read_on();
}

void Page::end(const session::Farewell& farewell) {
  if (state_ == State::gone) return;
  const ErrorCode code = farewell.code;
  home_.counters().refused(code).add(1);
  transport_->end(session_.outbox(), farewell);
  using session::Departure;
  // A poll that has taken this page over may have its answer by now: the next one is still to come.
  if (code == ErrorCode::moved) return depart(Departure::answered, PresenceEdge::Reason::lost);
  depart(facts(code).reconnect ? Departure::lost : Departure::closed, reason_of(code));
}

void Page::on_departed(session::Departure departure) {
  using Reason = PresenceEdge::Reason;
  depart(departure, departure == session::Departure::closed ? Reason::closed : Reason::lost);
}

void Page::close() {
  if (state_ == State::gone) return;
  transport_->end_in_order(session_.outbox());
  depart(session::Departure::closed, PresenceEdge::Reason::closed);
}

void Page::depart(session::Departure departure, PresenceEdge::Reason reason) {
  if (state_ == State::gone) return;
  if (state_ != State::arriving) {
    leave_topics();
    home_.counters().sessions_open.subtract(1);
    home_.node().presence.closed(*topics_.front(), visit_, departure, reason,
                                 home_.loop().clock().steady());
  }
  state_ = State::gone;
  Swept::unlink();
  TurnEnd::unlink();
  home_.release(*this);
}

void Page::on_sweep(std::chrono::steady_clock::time_point now) {
  if (state_ == State::arriving) {
    if (now - last_heard_ >= home_.node().limits.authenticate) end(ErrorCode::not_authenticated);
    return;
  }
  if (home_.loop().clock().wall() >= session_.expires_at()) return end(ErrorCode::token_timed_out);
  keep_alive(now);
  if (state_ != State::gone) transport_->on_time(now);
}

void Page::keep_alive(std::chrono::steady_clock::time_point now) {
  const auto heartbeat = home_.node().limits.heartbeat;
  if (transport_->take_heard()) {
    last_heard_ = now;
  } else if (now - last_heard_ >= 2 * heartbeat) {
    return end(ErrorCode::heartbeat_lost);
  }
  if (transport_->take_sent()) {
    last_sent_ = now;
  } else if (now - last_sent_ >= heartbeat / 2 && session_.outbox().empty()) {
    session_.outbox().push_frame(heartbeat_frame(format_));
    home_.loop().at_turn_end(*this);
  }
}

}  // namespace tayori::hub
