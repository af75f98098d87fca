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
};

/// Adds jsapi, ws and dev for the loop of `loop`. All arguments outlive the router.
void add_browser_routes(Router& router, hub::Hub& hub, hub::LoopHub& loop,
                        const BrowserSettings& settings);

}  // namespace tayori::api
