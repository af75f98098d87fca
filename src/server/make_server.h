// make_server: a Server from a whole configuration, where ServerOptions has only what embedding needs.
//
// Threads: set up only.
#pragma once

#include <functional>
#include <memory>

#include "server/config.h"
#include "server/config_read.h"
#include "tayori/server.h"

namespace tayori::server {

/// Reads the server's configuration once more.
using ReadAgain = std::function<ConfigRead()>;

/// With `read_again`, run_until_signal() asks it at SIGHUP, and takes what can be taken while it runs
/// (config_reload.h). REQUIRES: `config` has passed check_config().
std::unique_ptr<Server> make_server(const Config& config, ReadAgain read_again = {});

}  // namespace tayori::server
