// Receive route: what a page sends to its backend.
//
// Threads: set up only.
// Source:  spec/protocol.md 3.5; docs/reference/receive.md
#pragma once

#include "api/browser_routes.h"
#include "api/router.h"
#include "hub/loop_hub.h"

namespace tayori::api {

/// Adds receive for the loop of `loop`. All arguments outlive the router, and so does what the settings point to.
void add_receive_route(Router& router, hub::LoopHub& loop, const BrowserSettings& settings);

}  // namespace tayori::api
