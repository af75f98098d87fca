#include "api/http_transport_routes.h"

#include <string>
#include <string_view>
#include <utility>

#include "api/page_requests.h"
#include "base/ascii.h"
#include "session/event_stream.h"

namespace tayori::api {
namespace {

std::string_view bearer_token(const HttpRequest& request) {
  std::string_view credentials = request.field("Authorization");
  const std::string_view scheme = base::take_until(credentials, ' ');
  return base::equal_ignoring_case(scheme, "Bearer") ? credentials : std::string_view();
}

/// The opening of a GET, which has no body.
Result<session::Opening> opening_of_get(const HttpRequest& request, bool takes_token_in_query) {
  session::Opening opening{.token = std::string(bearer_token(request))};
  if (opening.token.empty() && takes_token_in_query) opening.token = request.query_value("token");
  if (opening.token.empty()) {
    return Error::of(ErrorCode::invalid_token,
                     "The token is looked for in the field Authorization, as Bearer TOKEN; in the "
                     "address only where "
                     "public.token_in_query allows it.");
  }
  const std::string_view last_event = request.field("Last-Event-ID");
  if (last_event.empty()) return opening;
  auto cursor = Cursor::parse(last_event);
  if (!cursor) return cursor.error();
  opening.cursor = std::move(*cursor);
  return opening;
}

/// The routes of one loop; each handler holds it.
class HttpTransports : public PageRequests {
 public:
  HttpTransports(hub::LoopHub& loop, const BrowserSettings& settings)
      : PageRequests(loop, settings.origins), loop_(loop), settings_(settings) {}

  void stream(const HttpRequest& request, net::HttpExchange exchange) const {
    auto opening = request.method == "POST"
                       ? session::parse_opening(request.body)
                       : opening_of_get(request, settings_.takes_token_in_query);
    auto arrival = admit(request, std::move(opening));
    if (!arrival) return refuse(request, std::move(exchange), arrival.error());
    auto head = answer_head(200, "text/event-stream", request.field("Origin"));
    if (request.method != "HEAD") head.body = session::kEventStreamComment;
    auto given = exchange.stream(head);
    // That was all of the answer: one with a length would not be the head of the same.
    if (request.method == "HEAD") return;
    loop_.stream(std::move(given), *arrival);
  }

  void poll(const HttpRequest& request, net::HttpExchange exchange) const {
    auto opening = session::parse_opening(request.body);
    const auto wait = opening && opening->wait ? *opening->wait : session::kLongestWait;
    auto arrival = admit(request, std::move(opening));
    if (!arrival) return refuse(request, std::move(exchange), arrival.error());
    loop_.poll(std::move(exchange), answer_head(200, "application/json", request.field("Origin")),
               wait, *arrival);
  }

  void close(const HttpRequest& request, net::HttpExchange exchange) const {
    auto arrival = admit(request, session::parse_opening(request.body));
    if (!arrival) return refuse(request, std::move(exchange), arrival.error());
    loop_.close(*arrival);
    exchange.respond(answer_head(204, {}, request.field("Origin")));
  }

  void ack(const HttpRequest& request, net::HttpExchange exchange) const {
    auto arrival = admit(request, session::parse_opening(request.body));
    if (!arrival) return refuse(request, std::move(exchange), arrival.error());
    loop_.confirm(*arrival);
    exchange.respond(answer_head(204, {}, request.field("Origin")));
  }

 private:
  Result<hub::Arrival> admit(const HttpRequest& request, Result<session::Opening> opening) const {
    if (const auto welcomed = welcome(request); !welcomed) return welcomed.error();
    if (!opening) return opening.error();
    return loop_.admit(std::move(*opening));
  }

  hub::LoopHub& loop_;
  const BrowserSettings& settings_;
};

}  // namespace

void add_http_transport_routes(Router& router, hub::LoopHub& loop,
                               const BrowserSettings& settings) {
  const HttpTransports transports(loop, settings);
  using Handle = void (HttpTransports::*)(const HttpRequest&, net::HttpExchange) const;
  const auto add = [&](std::string_view method, std::string_view name, Handle handle) {
    router.add(method, settings.prefix + std::string(name),
               [transports, handle](const HttpRequest& request, net::HttpExchange exchange) {
                 (transports.*handle)(request, std::move(exchange));
               });
  };
  add("POST", "sse", &HttpTransports::stream);
  add("GET", "sse", &HttpTransports::stream);
  add("POST", "poll", &HttpTransports::poll);
  add("POST", "close", &HttpTransports::close);
  add("POST", "ack", &HttpTransports::ack);
  for (const auto* name : {"sse", "poll", "close", "ack"})
    add("OPTIONS", name, &PageRequests::preflight);
}

}  // namespace tayori::api
