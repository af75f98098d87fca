#include "api/problem.h"

#include "net/websocket_handshake.h"
#include "session/problem_json.h"

namespace tayori::api {

HttpResponse problem(const Error& error) {
  HttpResponse response{.status = facts(error.code).http_status,
                        .reason = {},
                        .fields = {},
                        .body = session::problem_json(error) + "\n"};
  response.with("Content-Type", "application/problem+json");
  if (error.code == ErrorCode::unauthorized) response.with("WWW-Authenticate", "Bearer");
  if (error.code == ErrorCode::overloaded || error.code == ErrorCode::shutting_down)
    response.with("Retry-After", "1");
  if (error.code == ErrorCode::upgrade_required) {
    for (HttpField& field : net::upgrade_fields()) response.fields.push_back(std::move(field));
  }
  return response;
}

}  // namespace tayori::api
