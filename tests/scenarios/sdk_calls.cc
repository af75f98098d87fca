#include "sdk_calls.h"

#include <fmt/chrono.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <utility>

namespace tayori::scenarios {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

/// Ends a call from within its arguments.
struct Refused {
  Error error;
};

template <typename T>
T good(Result<T> result) {
  if (!result) throw Refused{result.error()};
  return std::move(*result);
}

std::string text_in(const object& with, std::string_view name) {
  return std::string(with.at(name).as_string());
}
template <typename T>
T parsed(const object& with, std::string_view name) {
  return good(T::parse(text_in(with, name)));
}
Payload message(const object& with) { return parsed<Payload>(with, "message"); }
std::string key(const object& with) {
  return with.contains("idempotency_key") ? text_in(with, "idempotency_key") : "";
}
std::size_t limit(const object& with) {
  return with.contains("limit") ? with.at("limit").to_number<std::size_t>() : 100;
}
PageOptions page_options(const object& with) {
  PageOptions options{.limit = limit(with)};
  if (with.contains("after")) options.after = text_in(with, "after");
  return options;
}

std::string written(std::chrono::system_clock::time_point time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}
value written(const std::optional<std::string>& next) {
  return next ? value(*next) : value(nullptr);
}
value written(const std::optional<Gap>& gap) {
  if (!gap) return nullptr;
  return object{{"from", gap->from.text()}, {"to", gap->to.text()}};
}
object written(const Sent& sent) {
  object json{{"cursor", sent.cursor.text()}, {"sessions", sent.sessions}};
  if (sent.is_repeated) json["repeated"] = true;
  if (sent.verdict) json["verdict"] = word(*sent.verdict);
  return json;
}
object written(const Error& error) {
  const ErrorFacts& row = facts(error.code);
  return {{"code", row.name}, {"status", row.http_status}, {"detail", error.detail}};
}
object written(const Membership& membership) {
  return {{"cursor", membership.cursor.text()}, {"members", membership.members}};
}
object written(const Groups& groups) {
  array list;
  for (const GroupSize& each : groups.groups)
    list.push_back(object{{"group", each.group.text()}, {"members", each.members}});
  return {{"groups", std::move(list)}, {"next", written(groups.next)}};
}
object written(const PresentClients& present) {
  array clients;
  for (const Present& each : present.clients) {
    clients.push_back(object{{"client_id", each.client_id.text()},
                             {"sessions", each.sessions},
                             {"since", written(each.since)}});
  }
  return {{"clients", std::move(clients)},
          {"next", written(present.next)},
          {"cursor", present.cursor.text()}};
}
object written(const PresenceEvents& told) {
  array events;
  for (const PresenceEdge& edge : told.events) {
    object event{{"type", word(edge.kind)},
                 {"client_id", edge.client_id.text()},
                 {"generation", edge.generation},
                 {"at", written(edge.at)}};
    if (edge.reason != PresenceEdge::Reason::none) event["reason"] = word(edge.reason);
    events.push_back(std::move(event));
  }
  return {{"events", std::move(events)},
          {"cursor", told.cursor.text()},
          {"more", told.more},
          {"gap", written(told.gap)}};
}
object written(const History& history) {
  array messages;
  for (const HistoryMessage& each : history.messages)
    messages.push_back(object{{"cursor", each.cursor.text()}, {"message", each.message}});
  return {{"messages", std::move(messages)},
          {"cursor", history.cursor.text()},
          {"more", history.more},
          {"gap", written(history.gap)}};
}
object written(const ServerFacts& server) {
  return {
      {"version", server.version}, {"public_url", server.public_url}, {"prefix", server.prefix}};
}

}  // namespace

Result<object> SdkCalls::call(std::string_view operation, const object& with) {
  try {
    return answer(operation, with);
  } catch (const Refused& refused) {
    return refused.error;
  }
}

object SdkCalls::answer(std::string_view operation, const object& with) {
  if (operation == "create_channel") return create_channel(with);
  if (operation == "send_message") return send_message(with);
  if (operation == "send_group") {
    return written(good(client_.send_group(parsed<GroupName>(with, "group"), message(with),
                                           {.idempotency_key = key(with)})));
  }
  if (operation == "broadcast")
    return written(good(client_.broadcast(message(with), {.idempotency_key = key(with)})));
  if (operation == "batch") return batch(with);
  if (operation == "join_group") {
    return written(good(
        client_.join_group(parsed<GroupName>(with, "group"), parsed<ClientId>(with, "client_id"))));
  }
  if (operation == "leave_group") {
    return written(good(client_.leave_group(parsed<GroupName>(with, "group"),
                                            parsed<ClientId>(with, "client_id"))));
  }
  if (operation == "groups") {
    const PageOptions options = page_options(with);
    return written(good(with.contains("client_id")
                            ? client_.groups(parsed<ClientId>(with, "client_id"), options)
                            : client_.groups(options)));
  }
  if (operation == "presence") return presence(with);
  if (operation == "disconnect") return disconnect(with);
  if (operation == "history") return history(with);
  if (operation == "server") return written(good(client_.server()));
  throw std::invalid_argument("no such operation: " + std::string(operation));
}

object SdkCalls::create_channel(const object& with) {
  ChannelOptions options;
  if (with.contains("duration_minutes"))
    options.duration = std::chrono::minutes(with.at("duration_minutes").as_int64());
  if (with.contains("groups")) {
    for (const value& group : with.at("groups").as_array())
      options.groups.push_back(good(GroupName::parse(group.as_string())));
  }
  if (with.contains("policy")) {
    const auto found = std::ranges::find(kPolicyWords, text_in(with, "policy"));
    if (found == kPolicyWords.end()) throw Refused{Error::of(ErrorCode::invalid_request)};
    options.policy = static_cast<Policy>(found - kPolicyWords.begin());
  }
  const Channel channel =
      good(client_.create_channel(parsed<ClientId>(with, "client_id"), options));
  tokens_.insert(channel.token);
  return {{"token", channel.token},
          {"client_id", channel.client_id.text()},
          {"expires_at", written(channel.expires_at)}};
}

object SdkCalls::send_message(const object& with) {
  MessageOptions options{.idempotency_key = key(with)};
  if (with.contains("wait"))
    options.wait =
        std::chrono::seconds(with.contains("timeout_s") ? with.at("timeout_s").as_int64() : 10);
  const std::string to = text_in(with, "client_id");
  return written(
      good(is_token(to) ? client_.send_message(Token{to}, message(with), options)
                        : client_.send_message(good(ClientId::parse(to)), message(with), options)));
}

Send SdkCalls::send_of(const object& entry) const {
  const auto send_to = [&](auto to) {
    return Send{.to = std::move(to), .message = message(entry), .idempotency_key = key(entry)};
  };
  if (entry.contains("everyone")) return send_to(Everyone{});
  if (entry.contains("group")) return send_to(parsed<GroupName>(entry, "group"));
  const std::string to = text_in(entry, "client_id");
  return is_token(to) ? send_to(Token{to}) : send_to(good(ClientId::parse(to)));
}

object SdkCalls::batch(const object& with) {
  std::vector<Send> sends;
  /// Of each entry: why it could not be written down, or nothing.
  std::vector<std::optional<Error>> refused;
  for (const value& entry : with.at("sends").as_array()) {
    try {
      sends.push_back(send_of(entry.as_object()));
      refused.emplace_back();
    } catch (const Refused& why) {
      refused.emplace_back(why.error);
    }
  }
  const auto sent = good(client_.batch(sends));
  if (sent.size() != sends.size()) throw std::runtime_error("a batch has a result for each entry");
  array results;
  auto next = sent.begin();
  for (const auto& why : refused) {
    const Result<Sent> result = why ? Result<Sent>(*why) : *next++;
    results.push_back(result ? written(*result) : object{{"error", written(result.error())}});
  }
  return {{"results", std::move(results)}};
}

object SdkCalls::presence(const object& with) {
  if (with.contains("events_since")) {
    return written(
        good(client_.presence_events(parsed<Cursor>(with, "events_since"), limit(with))));
  }
  if (with.contains("client_ids")) {
    std::vector<ClientId> client_ids;
    for (const value& each : with.at("client_ids").as_array())
      client_ids.push_back(good(ClientId::parse(each.as_string())));
    return written(good(client_.presence(client_ids)));
  }
  const PageOptions options = page_options(with);
  return written(good(with.contains("group")
                          ? client_.presence(parsed<GroupName>(with, "group"), options)
                          : client_.presence(options)));
}

object SdkCalls::disconnect(const object& with) {
  DisconnectOptions options;
  if (with.contains("reason")) options.reason = text_in(with, "reason");
  if (with.contains("revoke") && with.at("revoke").as_bool()) options.tokens = Tokens::revoke;
  const Disconnected ended = good(client_.disconnect(parsed<ClientId>(with, "client_id"), options));
  return {{"cursor", ended.cursor.text()}, {"sessions", ended.sessions}};
}

object SdkCalls::history(const object& with) {
  HistoryOptions options{.limit = limit(with)};
  if (with.contains("after")) options.after = parsed<Cursor>(with, "after");
  if (with.contains("everyone")) return written(good(client_.history(Everyone{}, options)));
  return written(good(with.contains("group")
                          ? client_.history(parsed<GroupName>(with, "group"), options)
                          : client_.history(parsed<ClientId>(with, "client_id"), options)));
}

}  // namespace tayori::scenarios
