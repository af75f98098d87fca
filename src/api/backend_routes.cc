#include "api/backend_routes.h"

#include <fmt/chrono.h>

#include <functional>
#include <memory>
#include <utility>

#include "api/address.h"
#include "api/json_body.h"
#include "api/problem.h"
#include "base/json.h"

namespace tayori::api {
namespace {

/// What the handlers of one loop share.
struct Backend {
  hub::Hub& hub;
  hub::LoopHub& loop;
  const BackendSettings& settings;

  void refuse(net::HttpExchange exchange, const Error& error) const {
    loop.counters().refused(error.code).add(1);
    exchange.respond(problem(error));
  }

  [[nodiscard]] Outcome admit(const HttpRequest& request) const {
    if (settings.key != nullptr && !settings.key->admits(request)) return ErrorCode::unauthorized;
    return success();
  }
};

/// "2026-01-31T12:00:00Z" (RFC 3339).
std::string timestamp(std::chrono::system_clock::time_point time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

Result<HttpResponse> create_channel(const Backend& backend, const HttpRequest& request) {
  auto body = JsonBody::of(request, {"client_id", "duration_minutes", "groups"});
  if (!body) return body.error();
  const auto text = body->string("client_id", ErrorCode::invalid_client_id);
  if (!text) return text.error();
  const auto client_id = ClientId::parse(*text);
  if (!client_id) return client_id.error();
  const auto minutes = body->whole_number("duration_minutes", ErrorCode::invalid_duration);
  if (!minutes) return minutes.error();
  // Compared before it becomes a duration, in which a huge number would overflow.
  if (*minutes &&
      (**minutes < limits::kTokenLifeMin.count() || **minutes > limits::kTokenLifeMax.count())) {
    return ErrorCode::invalid_duration;
  }
  const auto names = body->strings("groups", ErrorCode::invalid_group);
  if (!names) return names.error();

  ChannelOptions options{.duration = *minutes ? std::chrono::minutes(**minutes)
                                              : backend.settings.token_life};
  for (const std::string& name : *names) {
    auto group = GroupName::parse(name);
    if (!group) return group.error();
    options.groups.push_back(std::move(*group));
  }
  const auto channel = backend.hub.create_channel(*client_id, options);
  if (!channel) return channel.error();

  std::string json = R"({"token":")" + channel->token + R"(","client_id":)";
  base::append_json_string(json, channel->client_id.text());
  json += R"(,"expires_at":")" + timestamp(channel->expires_at) + "\"}\n";
  return HttpResponse::json(200, std::move(json));
}

/// What a sending call asks for.
struct Send {
  broker::Topic topic;
  Payload message;
};
using ReadSend = std::function<Result<Send>(const Backend&, const HttpRequest&)>;

Result<Payload> message_of(const Backend& backend, JsonBody& body) {
  auto text = body.string("message", ErrorCode::invalid_message);
  if (!text) return text.error();
  return Payload::parse(std::move(*text), backend.settings.message_bytes);
}

Result<Send> read_send_message(const Backend& backend, const HttpRequest& request) {
  auto body = JsonBody::of(request, {"client_id", "message"});
  if (!body) return body.error();
  const auto address = body->string("client_id", ErrorCode::invalid_client_id);
  if (!address) return address.error();
  const auto client_id = addressee(*address, backend.hub);
  if (!client_id) return client_id.error();
  auto message = message_of(backend, *body);
  if (!message) return message.error();
  return Send{broker::Topic::of(*client_id), std::move(*message)};
}

Result<Send> read_send_group(const Backend& backend, const HttpRequest& request) {
  auto body = JsonBody::of(request, {"group", "message"});
  if (!body) return body.error();
  const auto name = body->string("group", ErrorCode::invalid_group);
  if (!name) return name.error();
  const auto group = GroupName::parse(*name);
  if (!group) return group.error();
  auto message = message_of(backend, *body);
  if (!message) return message.error();
  return Send{broker::Topic::of(*group), std::move(*message)};
}

Result<Send> read_broadcast(const Backend& backend, const HttpRequest& request) {
  auto body = JsonBody::of(request, {"message"});
  if (!body) return body.error();
  auto message = message_of(backend, *body);
  if (!message) return message.error();
  return Send{broker::Topic::everyone(), std::move(*message)};
}

void answer_send(const Backend& backend, net::HttpExchange exchange, const Result<Sent>& sent) {
  if (!sent) return backend.refuse(std::move(exchange), sent.error());
  exchange.respond(HttpResponse::json(200, R"({"cursor":")" + sent->cursor.text() +
                                               R"(","sessions":)" + std::to_string(sent->sessions) +
                                               "}\n"));
}

void publish(const Backend& backend, net::HttpExchange exchange, Send send) {
  // Shared only because std::function has to be copyable; it is answered once.
  auto waiting = std::make_shared<net::HttpExchange>(std::move(exchange));
  net::Loop& loop = backend.loop.loop();
  auto done = [backend, waiting, &loop](const Result<Sent>& sent) {
    if (loop.is_here()) return answer_send(backend, std::move(*waiting), sent);
    loop.post([backend, waiting, sent] { answer_send(backend, std::move(*waiting), sent); });
  };
  backend.hub.publish({std::move(send.topic), std::move(send.message)}, std::move(done));
}

Router::Handler sending(const Backend& backend, ReadSend read) {
  return [backend, read = std::move(read)](const HttpRequest& request, net::HttpExchange exchange) {
    if (const auto admitted = backend.admit(request); !admitted) {
      return backend.refuse(std::move(exchange), admitted.error());
    }
    auto send = read(backend, request);
    if (!send) return backend.refuse(std::move(exchange), send.error());
    publish(backend, std::move(exchange), std::move(*send));
  };
}

}  // namespace

void add_backend_routes(Router& router, hub::Hub& hub, hub::LoopHub& loop,
                        const BackendSettings& settings) {
  const Backend backend{.hub = hub, .loop = loop, .settings = settings};
  router.add("POST", "/v1/create_channel",
             [backend](const HttpRequest& request, net::HttpExchange exchange) {
               if (const auto admitted = backend.admit(request); !admitted) {
                 return backend.refuse(std::move(exchange), admitted.error());
               }
               const auto response = create_channel(backend, request);
               if (!response) return backend.refuse(std::move(exchange), response.error());
               exchange.respond(*response);
             });
  router.add("POST", "/v1/send_message", sending(backend, read_send_message));
  router.add("POST", "/v1/send_group", sending(backend, read_send_group));
  router.add("POST", "/v1/broadcast", sending(backend, read_broadcast));
}

}  // namespace tayori::api
