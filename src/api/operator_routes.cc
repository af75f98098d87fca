#include "api/operator_routes.h"

#include "api/metrics.h"
#include "api/problem.h"

namespace tayori::api {

void add_operator_routes(Router& router, const hub::Hub& hub, const OperatorSettings& settings) {
  router.add("GET", "/healthz", [](const HttpRequest&, net::HttpExchange exchange) {
    exchange.respond(HttpResponse::text(200, "ok\n"));
  });
  router.add("GET", "/readyz", [&settings](const HttpRequest&, net::HttpExchange exchange) {
    if (settings.is_ready.load()) return exchange.respond(HttpResponse::text(200, "ready\n"));
    exchange.respond(problem(Error::of(ErrorCode::shutting_down)));
  });
  router.add("GET", "/metrics", [&hub, &settings](const HttpRequest&, net::HttpExchange exchange) {
    HttpResponse response{.status = 200,
                          .reason = {},
                          .fields = {},
                          .body = metrics_text(hub, settings.traffic, settings.relay)};
    exchange.respond(response.with("Content-Type", "text/plain; version=0.0.4; charset=utf-8"));
  });
}

}  // namespace tayori::api
