// What a delivery costs the server itself, with the kernel's part taken away.
//
// The steadiest figure there is: it differs little between minutes, as it waits for no one.
//
// Threads: one.
// Source:  probe/send_stub.cc
#pragma once

#include <cstddef>

#include "generator/process_meter.h"
#include "generator/programs.h"

namespace tayori::bench {

/// CPU of one delivery with send() stubbed: that of a broadcast to `sessions` sessions less that of
/// the same request to nobody, divided by the sessions. Median of several series.
Nanoseconds tayori_user_space_cost(const Programs& programs, std::size_t sessions);
Nanoseconds bare_loop_user_space_cost(const Programs& programs, std::size_t sessions);

}  // namespace tayori::bench
