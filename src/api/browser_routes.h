// Browser routes: what pages ask of the public listener, under one prefix.
//
// Threads: set up only.
// Source:  spec/protocol.md; channel-api.md 3.4
#pragma once

#include <cstddef>
#include <string>

#include "access/origins.h"
#include "access/rate_limit.h"
#include "api/router.h"
#include "hub/hub.h"
#include "hub/page_message_relay.h"
#include "tayori/limits.h"

namespace tayori::api {

/// What pages may send to the backend.
struct ReceiveSettings {
  /// Null where no backend takes any.
  hub::PageMessageRelay* relay = nullptr;
  /// By client id. REQUIRES: not null where there is a relay.
  access::RateLimit* rate = nullptr;
  std::size_t message_bytes = limits::kMessageBytes;
};

struct BrowserSettings {
  /// Begins and ends with '/'.
  std::string prefix = "/_ah/channel/";
  access::OriginPolicy origins;
  /// Whether GET sse takes its token from the address, for a plain EventSource.
  bool takes_token_in_query = false;
  ReceiveSettings receive = {};
};

/// Adds jsapi, ws, sse, poll, close, receive and dev for the loop of `loop`. All arguments outlive the router.
void add_browser_routes(Router& router, hub::Hub& hub, hub::LoopHub& loop,
                        const BrowserSettings& settings);

}  // namespace tayori::api
