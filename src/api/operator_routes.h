// Operator routes: whether the server lives, whether it takes pages, and what it counts.
//
// Threads: set up only.
// Source:  docs/reference/metrics.md
#pragma once

#include <atomic>
#include <vector>

#include "api/router.h"
#include "hub/hub.h"
#include "hub/page_message_relay.h"
#include "net/loop.h"

namespace tayori::api {

struct OperatorSettings {
  /// Falls when the server is about to stop.
  const std::atomic<bool>& is_ready;
  const std::vector<const net::Traffic*>& traffic;
  /// Null where no backend takes what pages send.
  const hub::PageMessageRelay* relay = nullptr;
};

/// Adds healthz, readyz and metrics. All arguments outlive the router.
void add_operator_routes(Router& router, const hub::Hub& hub, const OperatorSettings& settings);

}  // namespace tayori::api
