// make_server: a Server from a whole configuration, where ServerOptions has only what embedding needs.
//
// Threads: set up only.
#pragma once

#include <memory>

#include "server/config.h"
#include "tayori/server.h"

namespace tayori::server {

/// REQUIRES: `config` has passed check_config().
std::unique_ptr<Server> make_server(const Config& config);

}  // namespace tayori::server
