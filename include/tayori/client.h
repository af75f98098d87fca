// Client: what a backend asks of a running Tayori server, in a program that does not embed one.
//
//   const tayori::Client server({.url = "http://127.0.0.1:8081", .api_key = key});
//   const auto ann = tayori::ClientId::parse("ann");
//   const auto channel = server.create_channel(*ann);
//   if (!channel) return complain(channel.error().detail);
//   const auto sent = server.send_message(*ann, *tayori::Payload::parse("hello"));
//
// Each call is one operation of spec/openapi.yaml and blocks until its answer has come. An error has the code that the
// server gave, or is_unanswered when no Tayori server answered: whether the call was done is then known only where no
// connection was made. A call is tried again by itself when it surely was not done (no connection, or the server was
// stopping), and when doing it twice is like doing it once: whatever only reads, create_channel, joining, leaving, and sends
// with an idempotency key.
//
// Connections are kept open between calls, one for each call that is under way at a time. No proxy is used, whatever the environment says,
// and no redirect followed: the internal listener is near.
//
// Threads: any.
// Source:  spec/openapi.yaml, docs/how-to/send-from-cpp.md
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tayori/channel.h"
#include "tayori/client_id.h"
#include "tayori/cursor.h"
#include "tayori/disconnect.h"
#include "tayori/group.h"
#include "tayori/group_name.h"
#include "tayori/history.h"
#include "tayori/payload.h"
#include "tayori/presence.h"
#include "tayori/result.h"
#include "tayori/server_facts.h"

namespace tayori {

struct ClientOptions {
  /// The server's internal address, with or without a '/' at its end.
  std::string url = "http://127.0.0.1:8081";
  /// What the server has as internal.api_key; empty for none.
  std::string api_key = {};
  /// How long a call may take, all its attempts together; a send that waits for a page has that time besides.
  std::chrono::milliseconds timeout = std::chrono::seconds{10};
  /// How often a call is tried at most.
  std::size_t attempts = 3;
  /// Before the second attempt; twice as long before each further one.
  std::chrono::milliseconds retry_pause{100};
  /// Connections that are kept while no call needs them; more than these are closed after use.
  std::size_t idle_connections = 8;
};

/// A channel's token, where it stands for the client id it was made for.
struct Token {
  std::string text;
};

struct Everyone {};

struct SendOptions {
  /// 1 to 256 bytes; a send with a key that the server remembers gets the answer of the first one and sends nothing.
  std::string idempotency_key = {};
};

struct MessageOptions {
  /// As in SendOptions.
  std::string idempotency_key = {};
  /// Answer when a page has confirmed the message, or after this long (1 to 60 s): Sent::verdict says which.
  std::optional<std::chrono::seconds> wait = {};
};

/// One entry of a batch.
struct Send {
  std::variant<ClientId, Token, GroupName, Everyone> to;
  Payload message;
  /// As in SendOptions.
  std::string idempotency_key = {};
};

/// Which part of a list by name to answer.
struct PageOptions {
  /// The `next` of the answer before.
  std::optional<std::string> after = {};
  /// 1 to 1,000.
  std::size_t limit = 100;
};

/// Which part of what stands in the log to answer.
struct HistoryOptions {
  /// The `cursor` of the answer before; from the oldest that is held when missing.
  std::optional<Cursor> after = {};
  /// 1 to 1,000.
  std::size_t limit = 100;
};

class Client {
 public:
  /// Connects to nothing yet.
  explicit Client(ClientOptions options = {});
  /// REQUIRES: no call is under way.
  ~Client();
  Client(Client&& other) noexcept;
  Client& operator=(Client&& other) noexcept;

  /// A token for a page, a new one at every call. invalid_duration, invalid_group.
  Result<Channel> create_channel(const ClientId& client_id,
                                 const ChannelOptions& options = {}) const;

  /// Nobody there is no error: the message waits in the log. idempotency_conflict.
  Result<Sent> send_message(const ClientId& client_id, const Payload& message,
                            const MessageOptions& options = {}) const;
  Result<Sent> send_message(const Token& token, const Payload& message,
                            const MessageOptions& options = {}) const;
  Result<Sent> send_group(const GroupName& group, const Payload& message,
                          const SendOptions& options = {}) const;
  Result<Sent> broadcast(const Payload& message, const SendOptions& options = {}) const;

  /// Sends 1 to 1,000 messages; as many results in the same order. One that is refused does not keep the others back.
  Result<std::vector<Result<Sent>>> batch(const std::vector<Send>& sends) const;

  /// The client id hears what is sent to the group from now on, until it leaves. Joining again changes nothing.
  Result<Membership> join_group(const GroupName& group, const ClientId& client_id) const;
  Result<Membership> leave_group(const GroupName& group, const ClientId& client_id) const;

  /// The groups that have members; those of one client id.
  Result<Groups> groups(const PageOptions& options = {}) const;
  Result<Groups> groups(const ClientId& client_id, const PageOptions& options = {}) const;

  /// Who is here: of everybody, of 1 to 1,000 named ones, of a group. Who is not here is left out.
  Result<PresentClients> presence(const PageOptions& options = {}) const;
  Result<PresentClients> presence(const std::vector<ClientId>& client_ids) const;
  Result<PresentClients> presence(const GroupName& group, const PageOptions& options = {}) const;

  /// Who came and went after `since`, which is the cursor of an answer of presence() or of this; `limit` is 1 to 1,000.
  Result<PresenceEvents> presence_events(const Cursor& since, std::size_t limit = 100) const;

  /// Ends the sessions of a client id; their pages do not come back by themselves.
  Result<Disconnected> disconnect(const ClientId& client_id,
                                  const DisconnectOptions& options = {}) const;

  /// What was sent, as far as it is still held.
  Result<History> history(const ClientId& client_id, const HistoryOptions& options = {}) const;
  Result<History> history(const GroupName& group, const HistoryOptions& options = {}) const;
  Result<History> history(Everyone everyone, const HistoryOptions& options = {}) const;

  /// Which server this is, and where pages find it.
  Result<ServerFacts> server() const;

 private:
  class Calls;

  std::unique_ptr<Calls> calls_;
};

}  // namespace tayori
