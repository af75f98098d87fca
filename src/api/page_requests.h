// PageRequests: what all requests of pages over plain HTTP have in common: who may ask, and what the answers say to
// browsers, caches and proxies.
//
// Threads: its loop only.
// Source:  spec/protocol.md 3; WHATWG Fetch, CORS protocol
#pragma once

#include <string_view>

#include "access/origins.h"
#include "hub/loop_hub.h"
#include "net/http_connection.h"
#include "tayori/http.h"
#include "tayori/result.h"

namespace tayori::api {

class PageRequests {
 public:
  /// Both outlive this.
  PageRequests(hub::LoopHub& loop, const access::OriginPolicy& origins)
      : loop_(loop), origins_(origins) {}

  /// origin_not_allowed, shutting_down.
  [[nodiscard]] Outcome welcome(const HttpRequest& request) const;
  /// The problem as an answer to a page of `origin`, which may be empty; counts it.
  [[nodiscard]] HttpResponse refusal(std::string_view origin, const Error& error) const;
  /// Answers `request` with it.
  void refuse(const HttpRequest& request, net::HttpExchange exchange, const Error& error) const;
  /// For pages of other origins that send more than the simplest of requests.
  void preflight(const HttpRequest& request, net::HttpExchange exchange) const;

 private:
  hub::LoopHub& loop_;
  const access::OriginPolicy& origins_;
};

/// The head of an answer to a page of `origin`, which may be empty, as `type` may for no body.
HttpResponse answer_head(int status, std::string_view type, std::string_view origin);

}  // namespace tayori::api
