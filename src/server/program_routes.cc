#include "server/program_routes.h"

#include <spdlog/spdlog.h>

#include <exception>
#include <memory>
#include <utility>

#include "api/problem.h"

namespace tayori::server {
namespace {

HttpResponse run(const Server::RouteHandler& handler, const HttpRequest& request) {
  try {
    return handler(request);
  } catch (const std::exception& thrown) {
    spdlog::error("the handler of {} {} threw: {}", request.method, request.path, thrown.what());
  } catch (...) {
    spdlog::error("the handler of {} {} threw", request.method, request.path);
  }
  return api::problem(Error::of(ErrorCode::internal_error));
}

}  // namespace

void add_program_routes(api::Router& router, const std::vector<ProgramRoute>& routes,
                        base::Workers& workers, hub::LoopHub& loop) {
  for (const ProgramRoute& route : routes) {
    router.add(
        route.method, route.pattern,
        [&route, &workers, &loop](HttpRequest request, net::HttpExchange exchange) {
          if (!workers.has_room()) {
            loop.counters().refused(ErrorCode::overloaded).add(1);
            return exchange.respond(api::problem(Error::of(ErrorCode::overloaded)));
          }
          workers.submit([&route, &home = loop.loop(), request = std::move(request),
                          exchange = std::move(exchange)]() mutable {
            home.post([response = run(route.handler, request),
                       exchange = std::move(exchange)]() mutable { exchange.respond(response); });
          });
        });
  }
}

}  // namespace tayori::server
