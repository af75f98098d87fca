#include "api/browser_routes.h"

#include <memory>
#include <utility>

#include "api/browser_script.h"
#include "api/dev_protocol.h"
#include "api/http_transport_routes.h"
#include "api/problem.h"
#include "api/receive_route.h"
#include "net/websocket_handshake.h"
#include "session/shared_socket.h"

namespace tayori::api {
namespace {

constexpr std::string_view kSubprotocol = "tayori.v1";
constexpr std::string_view kShared = session::SharedSocket::kSubprotocol;

bool wants_shared(const HttpRequest& request) { return net::offers_subprotocol(request, kShared); }

Result<HttpResponse> admit(const HttpRequest& request, const hub::LoopHub& loop,
                           const access::OriginPolicy& origins) {
  if (loop.is_draining()) return ErrorCode::shutting_down;
  const std::string_view origin = request.field("Origin");
  if (!origin.empty() && !origins.allows(origin)) return ErrorCode::origin_not_allowed;
  return net::accept_upgrade(request, wants_shared(request) ? kShared : kSubprotocol);
}

}  // namespace

void add_browser_routes(Router& router, hub::Hub& hub, hub::LoopHub& loop,
                        const BrowserSettings& settings) {
  const auto script = std::make_shared<const BrowserScript>();
  router.add("GET", settings.prefix + "jsapi",
             [script](const HttpRequest& request, net::HttpExchange exchange) {
               exchange.respond(script->answer(request));
             });

  router.add("GET", settings.prefix + "ws",
             [&loop, &settings](const HttpRequest& request, net::HttpExchange exchange) {
               const auto switching = admit(request, loop, settings.origins);
               if (!switching) {
                 loop.counters().refused(switching.error().code).add(1);
                 return exchange.respond(problem(switching.error()));
               }
               auto upgraded = exchange.upgrade(*switching);
               if (!upgraded.socket.is_open()) return;
               if (wants_shared(request)) {
                 loop.adopt_shared(std::move(upgraded.socket), std::move(upgraded.early));
               } else {
                 loop.adopt(std::move(upgraded.socket), std::move(upgraded.early));
               }
             });

  add_http_transport_routes(router, loop, settings);
  add_receive_route(router, loop, settings);

  router.add("GET", settings.prefix + "dev",
             [&hub, &loop](const HttpRequest& request, net::HttpExchange exchange) {
               exchange.respond(answer_dev(request, hub, loop.loop().clock().steady()));
             });
}

}  // namespace tayori::api
