#include "api/backend_routes.h"

#include <string>
#include <string_view>

#include "api/backend_call.h"
#include "api/channel_calls.h"
#include "api/send_calls.h"

namespace tayori::api {

/// spec/openapi.yaml, carried inside the library.
std::string_view openapi();

void add_backend_routes(Router& router, hub::Hub& hub, hub::LoopHub& loop,
                        const BackendSettings& settings) {
  const Backend backend{.hub = hub, .loop = loop, .settings = settings};
  add_channel_calls(router, backend);
  add_send_calls(router, backend);
  // For whoever writes a client, so without the key.
  router.add("GET", "/v1/openapi.yaml", [](const HttpRequest&, net::HttpExchange exchange) {
    HttpResponse response{
        .status = 200, .reason = {}, .fields = {}, .body = std::string(openapi())};
    exchange.respond(response.with("Content-Type", "application/yaml"));
  });
}

}  // namespace tayori::api
