#include "tayori/client.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <utility>

#include "client/answers.h"
#include "client/caller.h"

namespace tayori {
namespace {

using boost::json::object;
using client::Repeat;

/// A send with a key is done once, however often it is asked for.
Repeat repeat_with(const std::string& key) {
  return key.empty() ? Repeat::forbidden : Repeat::harmless;
}

void put_key(object& body, const std::string& key) {
  if (!key.empty()) body["idempotency_key"] = key;
}

void put(object& body, const PageOptions& options) {
  if (options.after) body["after"] = *options.after;
  body["limit"] = options.limit;
}

void put(object& body, const HistoryOptions& options) {
  if (options.after) body["after"] = options.after->text();
  body["limit"] = options.limit;
}

/// To whom an entry of a batch goes.
struct PutRecipient {
  object& body;

  void operator()(const ClientId& client_id) { body["client_id"] = client_id.text(); }
  void operator()(const Token& token) { body["client_id"] = token.text; }
  void operator()(const GroupName& group) { body["group"] = group.text(); }
  void operator()(Everyone /*everyone*/) { body["everyone"] = true; }
};

object message_body(const std::string& to, const Payload& message, const MessageOptions& options) {
  object body{{"client_id", to}, {"message", message.text()}};
  put_key(body, options.idempotency_key);
  if (options.wait) {
    body["wait"] = "ack";
    body["timeout_s"] = options.wait->count();
  }
  return body;
}

}  // namespace

class Client::Calls {
 public:
  explicit Calls(ClientOptions options) : caller_(std::move(options)) {}

  template <typename T>
  Result<T> call(std::string_view path, const object& body, Repeat repeat,
                 std::optional<T> (*read_answer)(const object&),
                 std::chrono::milliseconds patience = {}) {
    const auto answer = caller_.call(path, body, repeat, patience);
    if (!answer) return answer.error();
    auto value = read_answer(*answer);
    if (!value) return caller_.no_tayori(200);
    return std::move(*value);
  }

  Result<Sent> send(std::string_view path, object body, const std::string& key) {
    put_key(body, key);
    return call<Sent>(path, body, repeat_with(key), &client::read_sent);
  }

  Result<Sent> send_message(const std::string& to, const Payload& message,
                            const MessageOptions& options) {
    return call<Sent>("/v1/send_message", message_body(to, message, options),
                      repeat_with(options.idempotency_key), &client::read_sent,
                      options.wait.value_or(std::chrono::seconds{0}));
  }

  template <typename T, typename Options>
  Result<T> read(std::string_view path, object body, const Options& options,
                 std::optional<T> (*read_answer)(const object&)) {
    put(body, options);
    return call<T>(path, body, Repeat::harmless, read_answer);
  }

 private:
  client::Caller caller_;
};

Client::Client(ClientOptions options) : calls_(std::make_unique<Calls>(std::move(options))) {}
Client::~Client() = default;
Client::Client(Client&& other) noexcept = default;
Client& Client::operator=(Client&& other) noexcept = default;

Result<Channel> Client::create_channel(const ClientId& client_id,
                                       const ChannelOptions& options) const {
  object body{{"client_id", client_id.text()}};
  if (options.duration) body["duration_minutes"] = options.duration->count();
  if (!options.groups.empty()) {
    boost::json::array groups;
    for (const GroupName& group : options.groups) groups.emplace_back(group.text());
    body["groups"] = std::move(groups);
  }
  if (options.policy != Policy::multi) body["policy"] = word(options.policy);
  // A token that nobody was given does nothing.
  return calls_->call<Channel>("/v1/create_channel", body, Repeat::harmless, &client::read_channel);
}

Result<Sent> Client::send_message(const ClientId& client_id, const Payload& message,
                                  const MessageOptions& options) const {
  return calls_->send_message(client_id.text(), message, options);
}

Result<Sent> Client::send_message(const Token& token, const Payload& message,
                                  const MessageOptions& options) const {
  return calls_->send_message(token.text, message, options);
}

Result<Sent> Client::send_group(const GroupName& group, const Payload& message,
                                const SendOptions& options) const {
  return calls_->send("/v1/send_group", {{"group", group.text()}, {"message", message.text()}},
                      options.idempotency_key);
}

Result<Sent> Client::broadcast(const Payload& message, const SendOptions& options) const {
  return calls_->send("/v1/broadcast", {{"message", message.text()}}, options.idempotency_key);
}

Result<std::vector<Result<Sent>>> Client::batch(const std::vector<Send>& sends) const {
  boost::json::array entries;
  Repeat repeat = Repeat::harmless;
  for (const Send& send : sends) {
    object entry{{"message", send.message.text()}};
    std::visit(PutRecipient{entry}, send.to);
    put_key(entry, send.idempotency_key);
    if (send.idempotency_key.empty()) repeat = Repeat::forbidden;
    entries.push_back(std::move(entry));
  }
  return calls_->call<std::vector<Result<Sent>>>("/v1/batch", {{"sends", std::move(entries)}},
                                                 repeat, &client::read_batch);
}

Result<Membership> Client::join_group(const GroupName& group, const ClientId& client_id) const {
  return calls_->call<Membership>("/v1/join_group",
                                  {{"group", group.text()}, {"client_id", client_id.text()}},
                                  Repeat::harmless, &client::read_membership);
}

Result<Membership> Client::leave_group(const GroupName& group, const ClientId& client_id) const {
  return calls_->call<Membership>("/v1/leave_group",
                                  {{"group", group.text()}, {"client_id", client_id.text()}},
                                  Repeat::harmless, &client::read_membership);
}

Result<Groups> Client::groups(const PageOptions& options) const {
  return calls_->read<Groups>("/v1/groups", {}, options, &client::read_groups);
}

Result<Groups> Client::groups(const ClientId& client_id, const PageOptions& options) const {
  return calls_->read<Groups>("/v1/groups", {{"client_id", client_id.text()}}, options,
                              &client::read_groups);
}

Result<PresentClients> Client::presence(const PageOptions& options) const {
  return calls_->read<PresentClients>("/v1/presence", {}, options, &client::read_present);
}

Result<PresentClients> Client::presence(const std::vector<ClientId>& client_ids) const {
  boost::json::array names;
  for (const ClientId& client_id : client_ids) names.emplace_back(client_id.text());
  return calls_->call<PresentClients>("/v1/presence", {{"client_ids", std::move(names)}},
                                      Repeat::harmless, &client::read_present);
}

Result<PresentClients> Client::presence(const GroupName& group, const PageOptions& options) const {
  return calls_->read<PresentClients>("/v1/presence", {{"group", group.text()}}, options,
                                      &client::read_present);
}

Result<PresenceEvents> Client::presence_events(const Cursor& since, std::size_t limit) const {
  return calls_->call<PresenceEvents>("/v1/presence",
                                      {{"events_since", since.text()}, {"limit", limit}},
                                      Repeat::harmless, &client::read_presence_events);
}

Result<Disconnected> Client::disconnect(const ClientId& client_id,
                                        const DisconnectOptions& options) const {
  object body{{"client_id", client_id.text()}};
  if (!options.reason.empty()) body["reason"] = options.reason;
  if (options.tokens == Tokens::revoke) body["revoke"] = true;
  // A second time it would also end what was opened in between.
  return calls_->call<Disconnected>("/v1/disconnect", body, Repeat::forbidden,
                                    &client::read_disconnected);
}

Result<History> Client::history(const ClientId& client_id, const HistoryOptions& options) const {
  return calls_->read<History>("/v1/history", {{"client_id", client_id.text()}}, options,
                               &client::read_history);
}

Result<History> Client::history(const GroupName& group, const HistoryOptions& options) const {
  return calls_->read<History>("/v1/history", {{"group", group.text()}}, options,
                               &client::read_history);
}

Result<History> Client::history(Everyone /*everyone*/, const HistoryOptions& options) const {
  return calls_->read<History>("/v1/history", {{"everyone", true}}, options, &client::read_history);
}

Result<ServerFacts> Client::server() const {
  return calls_->call<ServerFacts>("/v1/server", {}, Repeat::harmless, &client::read_server);
}

}  // namespace tayori
