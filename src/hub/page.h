// Page: one browser page on this loop, from its connection to its end.
//
// First it is arriving and has to show a token; then it reads the log from where it stands; at the head it
// joins and is live. It puts together what others do: Session holds the place, Transport the bytes, recovery
// decides where to start, Tail reads and joins, Presence tells.
//
// Threads: its loop only.
// Source:  docs/explanation/life-of-an-open.md
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/token.h"
#include "hub/subscribers.h"
#include "hub/tail.h"
#include "net/loop.h"
#include "session/session.h"
#include "session/transport.h"

namespace tayori::hub {

class LoopHub;

class Page final : public session::TransportEvents,
                   private net::TurnEnd,
                   private net::Swept,
                   public boost::intrusive::list_base_hook<net::Unlinking> {
 public:
  Page(LoopHub& home, std::uint64_t session_id);
  ~Page();
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  /// What the transport fills from.
  [[nodiscard]] session::Outbox& outbox() { return session_.outbox(); }
  void attach(std::unique_ptr<session::Transport> transport) { transport_ = std::move(transport); }

  /// Hands over a live message; it leaves at the end of the turn.
  void deliver(const session::EnvelopeRef& message);
  /// Reads from the log again, since live messages were thrown away.
  void resynchronise();
  /// Tells the page of `code` and lets it go.
  void end(ErrorCode code);

 private:
  /// choked: a live message did not fit any more; the page is told at the end of the turn, when nobody walks the
  /// subscribers.
  enum class State : std::uint8_t { arriving, catching_up, live, choked, gone };

  void on_frame(session::PageFrame frame) override;
  void on_refused(const Error& error) override { end(error.code); }
  void on_room() override;
  void on_departed(session::Departure departure) override { depart(departure); }
  void on_turn_end() override;
  void on_sweep(std::chrono::steady_clock::time_point now) override;

  void take_token(const session::PageFrame& frame);
  void open(const access::TokenClaims& claims, const std::optional<Cursor>& cursor);
  void renew(const access::TokenClaims& claims);
  void say_opened(const Cursor& cursor, bool recovered);
  void say(std::string_view frame);
  void read_on();
  /// False when the outbox did not take all of `page`.
  [[nodiscard]] bool hand_over(const Tail::Page& page);
  void tell_gap(Sequence lost_through);
  void join();
  void leave_topics();
  void depart(session::Departure departure);
  void keep_alive(std::chrono::steady_clock::time_point now);

  LoopHub& home_;
  session::Session session_;
  std::unique_ptr<session::Transport> transport_;
  State state_ = State::arriving;
  /// Own, everyone, then the groups; empty until open.
  TopicRefs topics_;
  /// One a topic, in the same order; empty until live.
  std::unique_ptr<Subscription[]> subscriptions_;
  /// Where this reading of the log began: a gap on the way is told from here.
  Sequence reading_from_;
  std::chrono::steady_clock::time_point last_heard_;
  std::chrono::steady_clock::time_point last_sent_;
};

}  // namespace tayori::hub
