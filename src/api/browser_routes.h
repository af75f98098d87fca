// Browser routes: what pages ask of the public listener, under one prefix.
//
// Threads: set up only.
// Source:  spec/protocol.md; channel-api.md 3.4
#pragma once

#include <string>

#include "access/origins.h"
#include "api/router.h"
#include "hub/hub.h"

namespace tayori::api {

struct BrowserSettings {
  /// Begins and ends with '/'.
  std::string prefix = "/_ah/channel/";
  access::OriginPolicy origins;
  /// Whether GET sse takes its token from the address, for a plain EventSource.
  bool takes_token_in_query = false;
};

/// Adds jsapi, ws, sse, poll, close and dev for the loop of `loop`. All arguments outlive the router.
void add_browser_routes(Router& router, hub::Hub& hub, hub::LoopHub& loop,
                        const BrowserSettings& settings);

}  // namespace tayori::api
