// HTTP transport routes: how pages listen where no WebSocket gets through, and how any page says goodbye.
//
// Threads: set up only.
// Source:  spec/protocol.md 3
#pragma once

#include "api/browser_routes.h"
#include "api/router.h"
#include "hub/loop_hub.h"

namespace tayori::api {

/// Adds sse, poll and close for the loop of `loop`. All arguments outlive the router.
void add_http_transport_routes(Router& router, hub::LoopHub& loop, const BrowserSettings& settings);

}  // namespace tayori::api
