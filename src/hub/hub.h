// Hub: everything of one node that is shared by its loops: the log, its tail, tokens and presence.
//
// What a program or an API asks of Tayori, it asks here.
//
// Threads: any, but for what is marked as set up.
// Source:  ARCHITECTURE.md
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/token.h"
#include "base/clock.h"
#include "base/random.h"
#include "broker/broker.h"
#include "broker/history_limits.h"
#include "hub/channels.h"
#include "hub/confirmations.h"
#include "hub/dev_polls.h"
#include "hub/endings.h"
#include "hub/log_reader.h"
#include "hub/loop_hub.h"
#include "hub/presence.h"
#include "hub/presence_hook.h"
#include "hub/revocations.h"
#include "hub/roster.h"
#include "hub/session_limits.h"
#include "hub/tail.h"
#include "tayori/channel.h"
#include "tayori/disconnect.h"
#include "tayori/group.h"
#include "tayori/history.h"
#include "tayori/payload.h"

namespace tayori::hub {

struct HubSettings {
  broker::HistoryLimits history;
  SessionLimits session;
  std::chrono::milliseconds presence_grace{5'000};
  /// As Members, Revocations, Repeats and Roster have them.
  std::size_t memberships = Tail::kMemberships;
  std::size_t revocations = 100'000;
  std::size_t idempotency_keys = 100'000;
  std::size_t remembered_edges = 100'000;
};

/// A message on its way into the log.
struct Send {
  broker::Topic topic;
  Payload message;
  std::string idempotency_key = {};
  /// To wait for a page to confirm it, and for how long. REQUIRES: the topic is a client's.
  std::optional<std::chrono::seconds> wait = {};
};

class Hub {
 public:
  using SentHandler = std::function<void(Result<Sent>)>;
  template <typename Answer>
  using Handler = std::function<void(Result<Answer>)>;

  Hub(const HubSettings& settings, std::unique_ptr<broker::Broker> broker, access::Tokens tokens,
      const base::Clock& clock);
  ~Hub();
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;

  /// Adds a loop's pages. REQUIRES: set up only, before that loop runs; `loop` outlives the hub.
  LoopHub& add_loop(net::Loop& loop);
  /// REQUIRES: set up only.
  void on_presence(Roster::Handler handler) { presence_handler_ = std::move(handler); }
  /// Tells a backend of presence, too. REQUIRES: set up only.
  void add_presence_hook(PresenceTarget target, const DeliveryLimits& limits,
                         const net::OutgoingLimits& outgoing);
  /// The server stops: backends are told that everybody has gone. The program itself, which stops too, is not.
  void end_presence();

  Result<Channel> create_channel(const ClientId& client_id, const ChannelOptions& options);
  /// What a token says; invalid_token, token_timed_out, token_revoked.
  [[nodiscard]] Result<access::TokenClaims> read_token(std::string_view token) const;
  /// Makes and reads tokens with other keys from now on; sessions that are open stay.
  void replace_token_keys(access::Tokens tokens) { channels_.replace_keys(std::move(tokens)); }

  // What goes into the log. `done` is called once: in the order of the log, when it must neither block nor append; a send
  // that waits is answered later, from any thread.
  void publish(Send send, SentHandler done);
  void join_group(GroupName group, ClientId client_id, Handler<Membership> done);
  void leave_group(GroupName group, ClientId client_id, Handler<Membership> done);
  void disconnect(ClientId client_id, DisconnectOptions options, Handler<Disconnected> done);

  // What the log has said, up to `limit` entries a time.
  [[nodiscard]] Groups groups(std::string_view after, std::size_t limit) const {
    return tail_.groups(after, limit);
  }
  [[nodiscard]] Groups groups_of(const ClientId& client_id, std::string_view after,
                                 std::size_t limit) const {
    return tail_.groups_of(broker::Topic::of(client_id), after, limit);
  }
  [[nodiscard]] PresentClients present(std::span<const ClientId> client_ids) const;
  [[nodiscard]] PresentClients present(std::string_view after, std::size_t limit) const;
  [[nodiscard]] PresentClients present_in(const GroupName& group, std::string_view after,
                                          std::size_t limit) const;
  [[nodiscard]] PresenceEvents presence_events(const Cursor& since, std::size_t limit) const {
    return roster_.events(since, limit);
  }
  /// What is held of `topic` behind `after`, or of all that is held.
  [[nodiscard]] History history(const broker::Topic& topic, const std::optional<Cursor>& after,
                                std::size_t limit) const;

  [[nodiscard]] DevPolls& dev_polls() { return dev_polls_; }
  [[nodiscard]] const std::vector<std::unique_ptr<LoopHub>>& loops() const { return loops_; }
  [[nodiscard]] Tail::Held held() const { return tail_.held(); }
  [[nodiscard]] std::size_t present() const { return roster_.present(); }
  [[nodiscard]] std::size_t revoked() const { return revocations_.held(); }
  [[nodiscard]] std::uint64_t forgotten_keys() const { return log_reader_.forgotten_keys(); }
  [[nodiscard]] const std::vector<std::unique_ptr<PresenceHook>>& presence_hooks() const {
    return hooks_;
  }

 private:
  void append(const Control& control, broker::Broker::Appended done) {
    broker_->append(record_of(control), std::move(done));
  }
  /// What the newest record came to; null when `done` has been told why it came to nothing, or wants to hear nothing.
  template <typename Value>
  [[nodiscard]] const LogReader::Taken* taken_or_told(const Result<Sequence>& number,
                                                      const Handler<Value>& done) const;
  void change_membership(ClientId client_id, Control::Act act, Handler<Membership> done);
  void await_confirmation(const ClientId& client_id, const Sent& sent, std::chrono::seconds wait,
                          SentHandler done);
  /// Posts `act` to each loop.
  void on_each_loop(const std::function<void(LoopHub&)>& act);
  [[nodiscard]] Cursor cursor(Sequence number) const { return {broker_->epoch(), number}; }
  /// `clients` with the sessions that they have here.
  [[nodiscard]] PresentClients counted(PresentClients clients) const;

  const base::Clock& clock_;
  const SessionLimits session_limits_;
  const std::unique_ptr<broker::Broker> broker_;
  Tail tail_;
  std::vector<std::unique_ptr<PresenceHook>> hooks_;
  Roster::Handler presence_handler_;
  std::atomic<bool> is_ending_{false};
  Roster roster_;
  Revocations revocations_;
  Endings endings_;
  LogReader log_reader_;
  Presence presence_;
  Confirmations confirmations_;
  Channels channels_;
  DevPolls dev_polls_;
  std::vector<std::unique_ptr<LoopHub>> loops_;
  std::atomic<std::uint64_t> pages_opened_{0};
};

}  // namespace tayori::hub
