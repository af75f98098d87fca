#include "api/page_requests.h"

#include <string>

#include "api/problem.h"

namespace tayori::api {
namespace {

/// Says to browsers that pages of the request's origin may read `response`.
void allow_origin(HttpResponse& response, std::string_view origin) {
  if (origin.empty()) return;
  response.with("Access-Control-Allow-Origin", std::string(origin)).with("Vary", "Origin");
}

}  // namespace

HttpResponse answer_head(int status, std::string_view type, std::string_view origin) {
  HttpResponse response{.status = status, .reason = {}, .fields = {}, .body = {}};
  if (!type.empty()) response.with("Content-Type", std::string(type));
  response.with("Cache-Control", "no-store, no-transform")
      .with("X-Accel-Buffering", "no")
      .with("X-Content-Type-Options", "nosniff");
  allow_origin(response, origin);
  return response;
}

Outcome PageRequests::welcome(const HttpRequest& request) const {
  const std::string_view origin = request.field("Origin");
  if (!origin.empty() && !origins_.allows(origin)) return ErrorCode::origin_not_allowed;
  if (loop_.is_draining()) return ErrorCode::shutting_down;
  return success();
}

HttpResponse PageRequests::refusal(std::string_view origin, const Error& error) const {
  loop_.counters().refused(error.code).add(1);
  HttpResponse response = problem(error);
  response.with("Cache-Control", "no-store, no-transform");
  if (error.code != ErrorCode::origin_not_allowed) allow_origin(response, origin);
  return response;
}

void PageRequests::refuse(const HttpRequest& request, net::HttpExchange exchange,
                          const Error& error) const {
  exchange.respond(refusal(request.field("Origin"), error));
}

void PageRequests::preflight(const HttpRequest& request, net::HttpExchange exchange) const {
  const std::string_view origin = request.field("Origin");
  const bool is_welcome = !origin.empty() && origins_.allows(origin);
  auto response = answer_head(204, {}, is_welcome ? origin : std::string_view());
  if (is_welcome) {
    response.with("Access-Control-Allow-Methods", "GET, POST")
        .with("Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID")
        .with("Access-Control-Max-Age", "7200");
  }
  exchange.respond(response);
}

}  // namespace tayori::api
