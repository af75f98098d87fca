// Front: what one loop shows to the outside: its routers and listeners.
//
// Threads: set up only, but for close_listeners() (its loop).
#pragma once

#include <memory>

#include "api/router.h"
#include "hub/loop_hub.h"
#include "net/listener.h"

namespace tayori::server {

struct Front {
  explicit Front(hub::LoopHub& hub_of_loop)
      : hub(hub_of_loop),
        browsers([&loop = hub_of_loop](ErrorCode code) { loop.counters().refused(code).add(1); }),
        backends([&loop = hub_of_loop](ErrorCode code) { loop.counters().refused(code).add(1); }) {}

  hub::LoopHub& hub;
  api::Router browsers;
  api::Router backends;
  std::unique_ptr<net::Listener> public_listener;
  std::unique_ptr<net::Listener> internal_listener;  // null where there is none
};

}  // namespace tayori::server
