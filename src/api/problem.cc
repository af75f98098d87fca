#include "api/problem.h"

#include "base/json.h"
#include "base/utf8.h"
#include "net/websocket_handshake.h"

namespace tayori::api {

std::string problem_json(const Error& error) {
  const ErrorFacts& told = facts(error.code);
  std::string body = R"({"type":"urn:tayori:error:)";
  body.append(told.name).append(R"(","title":)");
  base::append_json_string(body, told.sentence);
  body.append(R"(,"status":)").append(std::to_string(told.http_status)).append(R"(,"detail":)");
  const bool has_detail = !error.detail.empty() && base::is_utf8(error.detail);
  base::append_json_string(body, has_detail ? std::string_view(error.detail) : told.sentence);
  body.append(R"(,"code":")").append(told.name).append(R"(","description":)");
  base::append_json_string(body, told.description);
  body.append(told.reconnect ? R"(,"reconnect":true)" : R"(,"reconnect":false)").append("}");
  return body;
}

HttpResponse problem(const Error& error) {
  HttpResponse response{.status = facts(error.code).http_status,
                        .reason = {},
                        .fields = {},
                        .body = problem_json(error) + "\n"};
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
