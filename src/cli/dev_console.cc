#include "cli/dev_console.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <future>
#include <optional>
#include <string>
#include <utility>

#include "api/problem.h"
#include "base/check.h"
#include "base/json.h"
#include "cli/dev_assets.h"
#include "cli/say.h"
#include "server/endpoint.h"

namespace tayori::cli {

namespace {

// Pages of this console hear of presence through a group of theirs, so that each is one session and no more.
constexpr std::string_view kPresenceGroup = "tayori-dev-presence";

// Longer than any append takes; a log that has stopped answering must not hold a worker for ever.
constexpr std::chrono::seconds kSendTimeout{5};

constexpr std::string_view kContentPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

HttpResponse asset(std::string_view type, std::string_view bytes) {
  HttpResponse response{.status = 200, .reason = {}, .fields = {}, .body = std::string(bytes)};
  response.with("Content-Type", std::string(type) + "; charset=utf-8")
      .with("Content-Security-Policy", std::string(kContentPolicy))
      .with("X-Content-Type-Options", "nosniff")
      .with("Referrer-Policy", "no-referrer")
      .with("Cache-Control", "no-store");
  return response;
}

HttpResponse json(std::string body) {
  return HttpResponse::json(200, std::move(body)).with("Cache-Control", "no-store");
}

bool is_loopback(const std::string& host) {
  auto endpoint = server::Endpoint::parse(host);
  if (!endpoint) endpoint = server::Endpoint::parse(host + ":80");
  return endpoint && endpoint->is_loopback();
}

// A page of another site cannot send application/json here without asking first, which nobody answers; and one that
// has pointed its own name at 127.0.0.1 still says that name.
std::optional<Error> unless_of_this_machine(const HttpRequest& request) {
  if (!is_loopback(std::string(request.field("Host"))))
    return Error::of(ErrorCode::origin_not_allowed);
  if (!request.field("Content-Type").starts_with("application/json")) {
    return Error::of(ErrorCode::unsupported_media_type);
  }
  return std::nullopt;
}

Result<boost::json::object> body_of(const HttpRequest& request) {
  if (auto refused = unless_of_this_machine(request)) return *refused;
  auto parsed = base::parse_json(request.body);
  if (!parsed) return Error::of(ErrorCode::invalid_json, parsed.error);
  if (!parsed.value->is_object()) return Error::of(ErrorCode::invalid_json);
  return std::move(parsed.value->get_object());
}

// The member's text, or "" which no client id and no message may be.
std::string text_of(const boost::json::object& body, std::string_view name) {
  const auto* value = body.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

bool is_true(const boost::json::object& body, std::string_view name) {
  const auto* value = body.if_contains(name);
  return value != nullptr && value->is_bool() && value->get_bool();
}

Result<Sent> wait_for(std::future<Result<Sent>> sent) {
  if (sent.wait_for(kSendTimeout) != std::future_status::ready)
    return Error::of(ErrorCode::overloaded);
  return sent.get();
}

std::string_view name_of(PresenceEdge::Kind kind) {
  return kind == PresenceEdge::Kind::connected ? "connected" : "disconnected";
}

}  // namespace

DevConsole::DevConsole(std::unique_ptr<Server> server)
    : presence_group_(*GroupName::parse(kPresenceGroup)), server_(std::move(server)) {
  server_->route("GET", "/", [](const HttpRequest&) { return asset("text/html", dev_page()); });
  server_->route("GET", "/dev/console.js",
                 [](const HttpRequest&) { return asset("text/javascript", dev_script()); });
  server_->route("GET", "/dev/console.css",
                 [](const HttpRequest&) { return asset("text/css", dev_style()); });
  server_->route("POST", "/dev/channel",
                 [this](const HttpRequest& request) { return open_channel(request); });
  server_->route("POST", "/dev/send", [this](const HttpRequest& request) { return send(request); });
  server_->on_presence([this](const PresenceEdge& edge) { on_presence(edge); });
}

HttpResponse DevConsole::open_channel(const HttpRequest& request) {
  const auto body = body_of(request);
  if (!body) return api::problem(body.error());
  const auto client_id = ClientId::parse(text_of(*body, "client_id"));
  if (!client_id) return api::problem(client_id.error());
  const auto channel = server_->create_channel(*client_id, {.groups = {presence_group_}});
  if (!channel) return api::problem(channel.error());
  return json(fmt::format(R"({{"client_id":{},"token":{},"send_url":{}}})",
                          base::json_string(client_id->text()), base::json_string(channel->token),
                          base::json_string(server_->internal_url() + "/v1/send_message")));
}

HttpResponse DevConsole::send(const HttpRequest& request) {
  const auto body = body_of(request);
  if (!body) return api::problem(body.error());
  auto message = Payload::parse(text_of(*body, "message"));
  if (!message) return api::problem(message.error());

  // Shared, since `done` may come after the wait has been given up.
  const auto promise = std::make_shared<std::promise<Result<Sent>>>();
  const auto done = [promise](Result<Sent> sent) { promise->set_value(std::move(sent)); };
  if (is_true(*body, "everyone")) {
    server_->broadcast(std::move(*message), done);
  } else {
    const auto client_id = ClientId::parse(text_of(*body, "client_id"));
    if (!client_id) return api::problem(client_id.error());
    server_->send_message(*client_id, std::move(*message), done);
  }
  const auto sent = wait_for(promise->get_future());
  if (!sent) return api::problem(sent.error());
  return json(fmt::format(R"({{"cursor":{},"sessions":{}}})",
                          base::json_string(sent->cursor.text()), sent->sessions));
}

void DevConsole::on_presence(const PresenceEdge& edge) {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  say(fmt::format("{:%H:%M:%S}  {:<12}  {}", fmt::localtime(now), name_of(edge.kind),
                  edge.client_id.text()));
  auto news = Payload::parse(
      fmt::format(R"({{"tayori_presence":"{}","client_id":{},"generation":{}}})",
                  name_of(edge.kind), base::json_string(edge.client_id.text()), edge.generation));
  CHECK(news.has_value(), "a client id, even escaped, is far shorter than a message may be");
  server_->send_group(presence_group_, std::move(*news));
}

}  // namespace tayori::cli
