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
#include "hub/dev_polls.h"
#include "hub/loop_hub.h"
#include "hub/presence.h"
#include "hub/presence_hook.h"
#include "hub/session_limits.h"
#include "hub/tail.h"
#include "tayori/channel.h"
#include "tayori/payload.h"

namespace tayori::hub {

struct HubSettings {
  broker::HistoryLimits history;
  SessionLimits session;
  std::chrono::milliseconds presence_grace{5'000};
};

class Hub {
 public:
  using SentHandler = std::function<void(Result<Sent>)>;

  Hub(const HubSettings& settings, std::unique_ptr<broker::Broker> broker, access::Tokens tokens,
      const base::Clock& clock);
  ~Hub();
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;

  /// Adds a loop's pages. REQUIRES: set up only, before that loop runs; `loop` outlives the hub.
  LoopHub& add_loop(net::Loop& loop);
  /// REQUIRES: set up only.
  void on_presence(Presence::Handler handler) { presence_handler_ = std::move(handler); }
  /// Tells a backend of presence, too. REQUIRES: set up only.
  void add_presence_hook(PresenceTarget target, const DeliveryLimits& limits,
                         const net::OutgoingLimits& outgoing);
  /// The server stops: backends are told that everybody has gone. The program itself, which stops too, is not.
  void end_presence();

  Result<Channel> create_channel(const ClientId& client_id, const ChannelOptions& options);
  [[nodiscard]] Result<access::TokenClaims> read_token(std::string_view token) const {
    return channels_.read(token);
  }
  /// Makes and reads tokens with other keys from now on; sessions that are open stay.
  void replace_token_keys(access::Tokens tokens) { channels_.replace_keys(std::move(tokens)); }

  /// Takes `message` into the log. `done` is called once, in the order of the log, and must neither block nor
  /// publish.
  void publish(broker::Topic topic, Payload message, SentHandler done);

  [[nodiscard]] DevPolls& dev_polls() { return dev_polls_; }
  [[nodiscard]] const std::vector<std::unique_ptr<LoopHub>>& loops() const { return loops_; }
  [[nodiscard]] Tail::Held held() const { return tail_.held(); }
  [[nodiscard]] std::size_t present() const { return presence_.present(); }
  [[nodiscard]] const std::vector<std::unique_ptr<PresenceHook>>& presence_hooks() const {
    return hooks_;
  }

 private:
  const base::Clock& clock_;
  const SessionLimits session_limits_;
  Tail tail_;
  std::vector<std::unique_ptr<PresenceHook>> hooks_;
  Presence::Handler presence_handler_;
  std::atomic<bool> is_ending_{false};
  Presence presence_;
  Channels channels_;
  std::unique_ptr<broker::Broker> broker_;
  DevPolls dev_polls_;
  std::vector<std::unique_ptr<LoopHub>> loops_;
  std::atomic<std::uint64_t> pages_opened_{0};
};

}  // namespace tayori::hub
