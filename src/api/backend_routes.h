// Backend routes: the calls under /v1/ by which a backend makes tokens and sends.
//
// Threads: set up only.
// Source:  docs/reference/http-api.md; channel-api.md 1
#pragma once

#include <chrono>
#include <cstddef>

#include "access/api_key.h"
#include "api/router.h"
#include "hub/hub.h"
#include "tayori/limits.h"
#include "tayori/server_facts.h"

namespace tayori::api {

struct BackendSettings {
  /// Null where no key is asked for, which only a loopback listener may do.
  const access::ApiKey* key = nullptr;
  std::size_t message_bytes = limits::kMessageBytes;
  std::chrono::minutes token_life = limits::kTokenLifeDefault;
  /// Known when the listeners are bound, which is before the first call.
  ServerFacts server = {};
};

/// Adds the calls for the loop of `loop`. All arguments outlive the router.
void add_backend_routes(Router& router, hub::Hub& hub, hub::LoopHub& loop,
                        const BackendSettings& settings);

}  // namespace tayori::api
