// Page: one browser page on this loop, from its connection to its end.
//
// First it is arriving and has to show a token; then it reads the log from where it stands; at the head it
// joins and is live. It puts together what others do: Session holds the place, Transport the bytes, recovery
// decides where to start, Tail reads and joins, Presence tells. A page that comes back on another connection is a new
// Page that takes the session over.
//
// Threads: its loop only.
// Source:  docs/explanation/life-of-an-open.md
#pragma once

#include <chrono>
#include <cstdint>
#include <forward_list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/arrival.h"
#include "hub/presence.h"
#include "hub/subscribers.h"
#include "hub/tail.h"
#include "net/loop.h"
#include "session/session.h"
#include "session/transport.h"
#include "tayori/presence.h"

namespace tayori::hub {

class LoopHub;

class Page final : public session::TransportEvents, private net::TurnEnd, private net::Swept {
 public:
  /// `format` is that of the transport that will be attached.
  Page(LoopHub& home, std::uint64_t session_id, session::WireFormat format);
  ~Page();
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  /// What the transport fills from.
  [[nodiscard]] session::Outbox& outbox() { return session_.outbox(); }
  void attach(std::unique_ptr<session::Transport> transport) { transport_ = std::move(transport); }
  /// Opens, for a page that has shown its token already. REQUIRES: attached, and not opened before.
  void open(const Arrival& arrival);

  [[nodiscard]] std::uint64_t id() const { return session_.id(); }
  void continue_as(std::uint64_t session_id) { session_.continue_as(session_id); }
  [[nodiscard]] session::WireFormat format() const { return format_; }
  /// Ascends over all loops in the order in which pages opened.
  [[nodiscard]] std::uint64_t number() const { return number_; }
  [[nodiscard]] static std::size_t token_id(const access::TokenClaims& claims);
  /// Whether it was opened, or renewed last, by the token called `token_id` of `client`.
  [[nodiscard]] bool is_of(const broker::Topic& client, std::size_t token_id) const {
    return is_of(client) && token_id_ == token_id;
  }
  [[nodiscard]] bool is_of(const broker::Topic& client) const {
    return !topics_.empty() && *topics_.front() == client;
  }

  /// Hands over a live message; it leaves at the end of the turn.
  void deliver(const session::EnvelopeRef& message);
  /// Reads from the log again, since live messages were thrown away.
  void resynchronise();
  /// The client id is in other groups from here on.
  void enter_again();
  /// Asks the page how far it has come.
  void ask();
  /// Tells the page why, and lets it go.
  void end(const session::Farewell& farewell);
  /// Lets a page go that has said goodbye.
  void close();

 private:
  /// choked: a live message did not fit any more; what follows is done at the end of the turn, when nobody walks
  /// the subscribers.
  enum class State : std::uint8_t { arriving, catching_up, live, choked, gone };

  void on_frame(session::PageFrame frame) override;
  void on_refused(const Error& error) override { end(error.code); }
  void on_handled(Sequence through);
  void on_room() override;
  void on_departed(session::Departure departure) override;
  void on_turn_end() override;
  void on_sweep(std::chrono::steady_clock::time_point now) override;

  void take_token(session::Opening opening);
  /// `named`: the session that the page says it comes back to.
  /// What the page is told if the backend ended it while it was away.
  [[nodiscard]] std::optional<std::string> ended_before(const Arrival& arrival,
                                                        const Presence::Entrance& who) const;
  [[nodiscard]] Presence::Entrance entrance(const Arrival& arrival,
                                            std::optional<std::uint64_t> named) const;
  void renew(const access::TokenClaims& claims);
  void say_opened(const Cursor& cursor, bool recovered);
  /// `cursor` is where the page stands behind `frame`.
  void say(std::string_view frame, const Cursor& cursor);
  session::Session::Delivery queue(const session::EnvelopeRef& message);
  void read_on();
  /// False when the outbox did not take all of `page`.
  [[nodiscard]] bool hand_over(const Tail::Page& page);
  void tell_gap(Sequence lost_through);
  void subscribe();
  void unsubscribe();
  /// Hears the groups that the client id has joined, and no others besides its token's.
  void hear(TopicRefs joined);
  void go_live(TopicRefs joined);
  /// Hears `topics` from here on: a renewed token may name other groups.
  void take_topics(TopicRefs topics);
  void catch_up();
  /// Whether the tail counts on this page to hear what comes next.
  [[nodiscard]] bool has_joined() const { return state_ == State::live || state_ == State::choked; }
  void leave_topics();
  void depart(session::Departure departure, PresenceEdge::Reason reason);
  void keep_alive(std::chrono::steady_clock::time_point now);

  LoopHub& home_;
  session::Session session_;
  std::unique_ptr<session::Transport> transport_;
  const session::WireFormat format_;
  State state_ = State::arriving;
  /// Own, everyone, then the groups; empty until open.
  TopicRefs topics_;
  /// One a topic, in the same order; empty until open. One that is behind is found by them, too, and takes nothing.
  std::unique_ptr<Subscription[]> subscriptions_;
  struct Joined {
    TopicRef group;
    Subscription subscription;
  };
  /// Of the groups that the client id has joined.
  std::forward_list<Joined> joined_;
  /// Where this reading of the log began: a gap on the way is told from here.
  Sequence reading_from_;
  std::size_t token_id_ = 0;  // hashed
  std::uint64_t number_ = 0;
  std::uint64_t visit_ = 0;  // the session as presence knows it
  std::chrono::steady_clock::time_point last_heard_;
  std::chrono::steady_clock::time_point last_sent_;
};

}  // namespace tayori::hub
