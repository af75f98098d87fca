// Chat: the whole of Retro Chat, apart from the server that it is reached through.
//
// Threads: set up only (open, routes); any (on_presence, sweep, and the routes' handlers).
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "identity/provider.h"
#include "identity/provider_facts.h"
#include "outgoing/curl_exchange.h"
#include "pages/account_pages.h"
#include "pages/channel_script.h"
#include "people/accounts.h"
#include "people/sessions.h"
#include "reposts/poster.h"
#include "reposts/repost_address.h"
#include "rooms/rooms.h"
#include "web/client_address.h"
#include "web/routes.h"

namespace retrochat {

struct ChatOptions {
  /// Where everything is kept; ":memory:" for nowhere.
  std::string database = ":memory:";
  /// The address people type, if it is not the one this program listens on.
  std::string public_url;
  /// Whose X-Forwarded-For is believed.
  std::vector<Network> trusted_proxies;
  /// Where pages find the channel's script; this program's own when it embeds the server.
  ChannelScript channel_script;
  std::string version;
  RoomsTiming rooms;
  std::chrono::milliseconds poll_every = std::chrono::minutes{15};
  PassphraseCost passphrase_cost = PassphraseCost::interactive();
  /// Whom one may sign in through.
  std::vector<Provider> providers;
  LocalAccounts local_accounts = LocalAccounts::on;
  /// How other servers are asked; over the network unless a test says otherwise.
  WebExchange web = curl_exchange();
  /// What cookies are signed and sealed with; a fresh one, good until the chat ends, when empty.
  std::string cookie_secret;
  Report report = [](const auto&, const auto&) {};
  ServiceOptions services;
  /// Where lines may be posted to, and how; without a way nothing is.
  Reach repost_reach = Reach::public_only;
  WebExchange repost_by;
  /// What seals the tokens in the store; empty for a key that ends with the program.
  std::string secrets_key;
  Clock clock = system_time;
  RandomBytes random = secure_random;
  Database::Complain complain = [](std::string_view) {};
};

class Chat {
 public:
  /// The string says why it cannot be.
  static std::variant<std::unique_ptr<Chat>, std::string> open(const ChatOptions& options,
                                                               Push push);
  ~Chat();

  /// Valid as long as the Chat is.
  [[nodiscard]] Routes routes();
  void on_presence(const tayori::PresenceEdge& edge);
  /// The groups of the rooms that somebody is in.
  [[nodiscard]] std::vector<tayori::GroupName> inhabited() const;
  /// Puts out whose time is over, and goes on deleting rooms; to be called about once a second.
  void sweep();

 private:
  struct Parts;
  explicit Chat(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace retrochat
