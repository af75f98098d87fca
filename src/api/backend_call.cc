#include "api/backend_call.h"

#include <utility>

#include "api/problem.h"

namespace tayori::api {

Outcome Backend::admit(const HttpRequest& request) const {
  if (settings.key != nullptr && !settings.key->admits(request)) return ErrorCode::unauthorized;
  return success();
}

void Backend::refuse(net::HttpExchange exchange, const Error& error) const {
  loop.counters().refused(error.code).add(1);
  exchange.respond(problem(error));
}

Answer::Answer(const Backend& backend, net::HttpExchange exchange)
    : backend_(backend), exchange_(std::make_shared<net::HttpExchange>(std::move(exchange))) {}

void Answer::operator()(Result<std::string> json) const {
  net::Loop& loop = backend_.loop.loop();
  if (loop.is_here()) return give(backend_, *exchange_, json);
  loop.post([backend = backend_, exchange = exchange_, json = std::move(json)] {
    give(backend, *exchange, json);
  });
}

void Answer::give(const Backend& backend, net::HttpExchange& exchange,
                  const Result<std::string>& json) {
  if (!json) return backend.refuse(std::move(exchange), json.error());
  exchange.respond(HttpResponse::json(200, *json + "\n"));
}

void add_call(Router& router, const Backend& backend, std::string_view name,
              std::initializer_list<std::string_view> members,
              std::function<void(const Backend&, JsonBody, Answer)> call) {
  // The names are literals, the list of them is not.
  std::vector<std::string_view> known(members);
  router.add("POST", "/v1/" + std::string(name),
             [backend, known = std::move(known), call = std::move(call)](
                 const HttpRequest& request, net::HttpExchange exchange) {
               if (const auto admitted = backend.admit(request); !admitted)
                 return backend.refuse(std::move(exchange), admitted.error());
               auto body = JsonBody::of(request, known);
               if (!body) return backend.refuse(std::move(exchange), body.error());
               call(backend, std::move(*body), Answer(backend, std::move(exchange)));
             });
}

}  // namespace tayori::api
