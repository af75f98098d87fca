// What a server's process arranges once, before it begins: its log, its descriptors, its signals.
//
// Threads: main, before there are others.
#pragma once

#include <cstddef>

#include "server/config.h"

namespace tayori::cli {

/// From now on the program's log goes to standard error, from `level` upwards.
void log_to_stderr(server::LogLevel level);

/// Takes as many file descriptors as the system grants, and warns when `connections` will not fit.
void raise_descriptor_limit(std::size_t connections);

/// Writing to a pipe that nobody reads becomes an error instead of the process's end.
void ignore_broken_pipes();

}  // namespace tayori::cli
