// What a delivery costs the server, and how long it takes: of broadcasts, and of messages to one
// session that are asked for singly or in batches.
//
// Threads: one.
// Source:  README.md, "Method"
#pragma once

#include <cstddef>

#include "generator/candidate.h"
#include "generator/tayori_server.h"

namespace tayori::bench {

/// Makes caches, buffers and connections of `candidate` what they are in the midst of work.
void warm_up(Candidate& candidate);

/// Server CPU of one delivery, over `bursts` quiet bursts of `in_flight` broadcasts each.
Nanoseconds broadcast_cost(Candidate& candidate, std::size_t in_flight, std::size_t bursts);

/// Server CPU of one message to one session, over `bursts` quiet bursts in which each message is a
/// POST of its own.
Nanoseconds post_cost(TayoriServer& server, std::size_t bursts);

/// The same where POSTs carry a batch of TayoriServer::kBatch messages, each to another session.
/// REQUIRES: as many sessions as a batch has messages.
Nanoseconds batch_cost(TayoriServer& server, std::size_t bursts);

/// From the moment before a broadcast is asked for until a session has read it.
struct Latency {
  Nanoseconds p50;
  Nanoseconds p99;
};

/// Over all deliveries of `broadcasts` broadcasts, one at a time. The generator spins, so it never
/// has to be woken.
Latency broadcast_latency(Candidate& candidate, std::size_t broadcasts);

}  // namespace tayori::bench
