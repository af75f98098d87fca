#include "api/dev_protocol.h"

#include <string>

namespace tayori::api {
namespace {

HttpResponse empty(int status, std::string_view reason = {}) {
  HttpResponse response{.status = status, .reason = std::string(reason), .fields = {}, .body = {}};
  return response.with("Cache-Control", "no-cache");
}

HttpResponse with_body(std::string_view type, std::string_view body) {
  HttpResponse response = empty(200);
  response.body = body;
  return response.with("Content-Type", std::string(type));
}

}  // namespace

HttpResponse answer_dev(const HttpRequest& request, hub::Hub& hub,
                        std::chrono::steady_clock::time_point now) {
  const std::string command = request.query_value("command");
  const std::string token = request.query_value("channel");
  if (command.empty() || token.empty()) return empty(400);

  const auto claims = hub.read_token(token);
  if (command == "disconnect") {
    // 400 is what the last development server said to it, and its page does not look.
    if (claims) hub.dev_polls().disconnect(*claims, now);
    return empty(400);
  }
  if (command != "connect" && command != "poll") return empty(400);
  if (!claims) return empty(401, facts(claims.error().code).description);
  if (command == "connect") {
    hub.dev_polls().connect(*claims, now);
    return with_body("text/plain", "1");
  }
  const session::EnvelopeRef message = hub.dev_polls().poll(*claims, now);
  return message ? with_body("application/json", message->data()) : empty(200);
}

}  // namespace tayori::api
