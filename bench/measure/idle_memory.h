// What an open session that waits costs the server in memory of its own.
//
// Threads: one.
#pragma once

#include <cstddef>

#include "generator/programs.h"

namespace tayori::bench {

/// Bytes of private dirty memory that `sessions` more sessions add, each. A few are opened before,
/// so that what is made once is not counted. Kernel memory (4 to 5 KB a socket, whatever the server
/// does) is not in it.
double tayori_bytes_per_session(const Programs& programs, std::size_t sessions);
double bare_loop_bytes_per_session(const Programs& programs, std::size_t sessions);

}  // namespace tayori::bench
