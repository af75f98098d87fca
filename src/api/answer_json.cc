#include "api/answer_json.h"

#include <optional>
#include <string_view>

#include "base/json.h"
#include "base/rfc3339.h"

namespace tayori::api {
namespace {

/// Writes `items` as an array, each by `write(json, item)`.
template <typename Items, typename Write>
void append_array(std::string& json, const Items& items, Write write) {
  json += '[';
  bool is_first = true;
  for (const auto& item : items) {
    if (!is_first) json += ',';
    is_first = false;
    write(json, item);
  }
  json += ']';
}

void append_member(std::string& json, std::string_view name, const Cursor& cursor) {
  json.append(",\"").append(name).append("\":\"").append(cursor.text()).append("\"");
}

void append_next(std::string& json, const std::optional<std::string>& next) {
  json += R"(,"next":)";
  if (next) {
    base::append_json_string(json, *next);
  } else {
    json += "null";
  }
}

void append_gap(std::string& json, const std::optional<Gap>& gap) {
  json += R"(,"gap":)";
  if (!gap) {
    json += "null";
    return;
  }
  json += R"({"from":")" + gap->from.text() + R"(","to":")" + gap->to.text() + "\"}";
}

void append_edge(std::string& json, const PresenceEdge& edge) {
  json.append(R"({"type":")").append(word(edge.kind)).append(R"(","client_id":)");
  base::append_json_string(json, edge.client_id.text());
  json += R"(,"generation":)" + std::to_string(edge.generation);
  json += R"(,"at":")" + base::rfc3339_ms(edge.at) + "\"";
  if (edge.reason != PresenceEdge::Reason::none)
    json.append(R"(,"reason":")").append(word(edge.reason)).append("\"");
  json += '}';
}

void append_present(std::string& json, const Present& present) {
  json += R"({"client_id":)";
  base::append_json_string(json, present.client_id.text());
  json += R"(,"sessions":)" + std::to_string(present.sessions);
  json += R"(,"since":")" + base::rfc3339_ms(present.since) + "\"}";
}

std::string_view truth(bool value) { return value ? "true" : "false"; }

}  // namespace

std::string json_of(const Channel& channel) {
  std::string json = R"({"token":")" + channel.token + R"(","client_id":)";
  base::append_json_string(json, channel.client_id.text());
  return json += R"(,"expires_at":")" + base::rfc3339(channel.expires_at) + "\"}";
}

std::string json_of(const Sent& sent) {
  std::string json = R"({"cursor":")" + sent.cursor.text() + R"(","sessions":)";
  json += std::to_string(sent.sessions);
  if (sent.is_repeated) json += R"(,"repeated":true)";
  if (sent.verdict) json.append(R"(,"verdict":")").append(word(*sent.verdict)).append("\"");
  return json += '}';
}

std::string json_of(const Membership& membership) {
  return R"({"cursor":")" + membership.cursor.text() + R"(","members":)" +
         std::to_string(membership.members) + "}";
}

std::string json_of(const Groups& groups) {
  std::string json = R"({"groups":)";
  append_array(json, groups.groups, [](std::string& out, const GroupSize& group) {
    out += R"({"group":)";
    base::append_json_string(out, group.group.text());
    out += R"(,"members":)" + std::to_string(group.members) + "}";
  });
  append_next(json, groups.next);
  return json += '}';
}

std::string json_of(const PresentClients& present) {
  std::string json = R"({"clients":)";
  append_array(json, present.clients, append_present);
  append_next(json, present.next);
  append_member(json, "cursor", present.cursor);
  return json += '}';
}

std::string json_of(const PresenceEvents& events) {
  std::string json = R"({"events":)";
  append_array(json, events.events, append_edge);
  append_member(json, "cursor", events.cursor);
  json.append(R"(,"more":)").append(truth(events.more));
  append_gap(json, events.gap);
  return json += '}';
}

std::string json_of(const Disconnected& disconnected) {
  return R"({"cursor":")" + disconnected.cursor.text() + R"(","sessions":)" +
         std::to_string(disconnected.sessions) + "}";
}

std::string json_of(const History& history) {
  std::string json = R"({"messages":)";
  append_array(json, history.messages, [](std::string& out, const HistoryMessage& message) {
    out += R"({"cursor":")" + message.cursor.text() + R"(","message":)";
    base::append_json_string(out, message.message);
    out += '}';
  });
  append_member(json, "cursor", history.cursor);
  json.append(R"(,"more":)").append(truth(history.more));
  append_gap(json, history.gap);
  return json += '}';
}

std::string json_of(const ServerFacts& server) {
  std::string json = R"({"version":)";
  base::append_json_string(json, server.version);
  json += R"(,"public_url":)";
  base::append_json_string(json, server.public_url);
  json += R"(,"prefix":)";
  base::append_json_string(json, server.prefix);
  return json += '}';
}

}  // namespace tayori::api
