#include "hub/page.h"

#include <utility>

#include "base/base36.h"
#include "hub/loop_hub.h"
#include "hub/recovery.h"
#include "hub/topics_of.h"

namespace tayori::hub {
namespace {

/// Reading from the log pauses while this much waits for the page, well below the outbox's limit, so that a
/// page which catches up slowly holds little memory.
constexpr std::size_t kReadAheadBytes = 65'536;

}  // namespace

Page::Page(LoopHub& home, std::uint64_t session_id)
    : home_(home),
      session_(session_id, home.node().limits.outbox_bytes),
      last_heard_(home.loop().clock().steady()),
      last_sent_(last_heard_) {
  home_.loop().sweep(*this);
}

Page::~Page() {
  if (state_ != State::gone && state_ != State::arriving) leave_topics();
}

void Page::deliver(const session::EnvelopeRef& message) {
  if (state_ != State::live) return;
  switch (session_.deliver(message)) {
    case session::Session::Delivery::already_had: return;
    case session::Session::Delivery::queued: home_.counters().deliveries.add(1); break;
    case session::Session::Delivery::refused: state_ = State::choked; break;
  }
  home_.loop().at_turn_end(*this);
}

void Page::on_turn_end() {
  if (state_ == State::choked) return end(ErrorCode::too_slow);
  on_room();
}

void Page::on_room() {
  if (state_ == State::gone) return;
  transport_->flush(session_.outbox());
  if (state_ == State::catching_up && session_.outbox().bytes() < kReadAheadBytes) read_on();
}

void Page::on_frame(session::PageFrame frame) {
  switch (frame.kind) {
    case session::PageFrame::Kind::heartbeat: return;
    case session::PageFrame::Kind::close:
      transport_->end_in_order(session_.outbox());
      return depart(session::Departure::closed);
    case session::PageFrame::Kind::token: return take_token(frame);
  }
}

void Page::take_token(const session::PageFrame& frame) {
  auto claims = home_.node().channels.read(frame.token);
  if (!claims) return end(claims.error().code);
  if (state_ == State::arriving) {
    open(*claims, frame.cursor);
  } else {
    renew(*claims);
  }
}

void Page::open(const access::TokenClaims& claims, const std::optional<Cursor>& cursor) {
  const Cursor head{home_.node().epoch, home_.node().tail.head()};
  const StartingPoint start = starting_point(cursor, claims.bookmark, head);
  topics_ = topics_of(claims);
  session_.expire_at(claims.expires_at);
  session_.move_to(start.place);
  reading_from_ = start.place;
  state_ = State::catching_up;

  home_.counters().sessions_open.add(1);
  home_.counters().sessions_opened.add(1);
  home_.node().presence.opened(topics_.front());

  const bool has_lost = home_.node().tail.has_lost(topics_, start.place);
  say_opened(start.foreign ? *start.foreign : Cursor{head.epoch, start.place},
             !start.foreign && !has_lost);
  if (start.foreign) say(session::gap_frame(*start.foreign, {head.epoch, start.place}));
  read_on();
}

void Page::renew(const access::TokenClaims& claims) {
  if (claims.client_id.text() != topics_.front()->name) return end(ErrorCode::invalid_token);
  session_.expire_at(claims.expires_at);
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
       .expires_in = std::chrono::ceil<std::chrono::seconds>(left)}));
}

void Page::say(std::string_view frame) {
  session_.outbox().push_frame(session::Envelope::frame(frame));
  home_.loop().at_turn_end(*this);
}

void Page::read_on() {
  while (state_ == State::catching_up && session_.outbox().bytes() < kReadAheadBytes) {
    const Tail::Page page =
        home_.node().tail.read_or_join(home_.index(), topics_, session_.place());
    if (!hand_over(page)) {
      // The rest is read again when there is room for it.
      if (page.at_head) home_.node().tail.leave(home_.index(), topics_);
      return;
    }
    if (page.at_head) join();
  }
}

bool Page::hand_over(const Tail::Page& page) {
  for (std::size_t i = 0; i <= page.items.size(); ++i) {
    if (page.gap_before == i) tell_gap(page.lost_through);
    if (i == page.items.size()) break;
    if (session_.deliver(page.items[i]) == session::Session::Delivery::refused) return false;
    home_.counters().deliveries.add(1);
    home_.loop().at_turn_end(*this);
  }
  session_.move_to(page.place);
  return true;
}

void Page::tell_gap(Sequence lost_through) {
  const std::string& epoch = home_.node().epoch;
  say(session::gap_frame({epoch, reading_from_}, {epoch, lost_through}));
  home_.counters().gaps.add(1);
  // It is not told again, should what follows not fit.
  session_.move_to(lost_through);
}

void Page::join() {
  subscriptions_ = std::make_unique<Subscription[]>(topics_.size());
  for (std::size_t i = 0; i < topics_.size(); ++i) {
    subscriptions_[i].page = this;
    home_.subscribers().add(topics_[i], subscriptions_[i]);
  }
  state_ = State::live;
}

void Page::leave_topics() {
  if (!subscriptions_) return;
  for (std::size_t i = 0; i < topics_.size(); ++i) {
    home_.subscribers().remove(*topics_[i], subscriptions_[i]);
  }
  subscriptions_.reset();
  home_.node().tail.leave(home_.index(), topics_);
}

void Page::resynchronise() {
  if (state_ != State::live) return;
  leave_topics();
  reading_from_ = session_.place();
  state_ = State::catching_up;
  read_on();
}

void Page::end(ErrorCode code) {
  if (state_ == State::gone) return;
  home_.counters().refused(code).add(1);
  transport_->end(session_.outbox(), code);
  depart(facts(code).reconnect ? session::Departure::lost : session::Departure::closed);
}

void Page::depart(session::Departure departure) {
  if (state_ == State::gone) return;
  if (state_ != State::arriving) {
    leave_topics();
    home_.counters().sessions_open.subtract(1);
    home_.node().presence.closed(*topics_.front(), departure, home_.loop().clock().steady());
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
  } else if (now - last_sent_ >= heartbeat && session_.outbox().empty()) {
    static const session::EnvelopeRef frame = session::Envelope::frame(session::kHeartbeatFrame);
    session_.outbox().push_frame(frame);
    home_.loop().at_turn_end(*this);
  }
}

}  // namespace tayori::hub
