// Program routes: an embedding program's own handlers on the public listener, run by workers.
//
// Threads: set up only (add_program_routes); its loop and the workers (answering).
// Source:  docs/how-to/embed.md
#pragma once

#include <string>
#include <vector>

#include "api/router.h"
#include "base/workers.h"
#include "hub/loop_hub.h"
#include "tayori/server.h"

namespace tayori::server {

struct ProgramRoute {
  std::string method;
  std::string pattern;
  Server::RouteHandler handler;
};

/// Adds `routes` for the loop of `loop`. All arguments outlive the router.
void add_program_routes(api::Router& router, const std::vector<ProgramRoute>& routes,
                        base::Workers& workers, hub::LoopHub& loop);

}  // namespace tayori::server
