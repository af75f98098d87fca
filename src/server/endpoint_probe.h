// probe: whether an address can be had, asked before listening.
//
// Listeners share their port between loops (SO_REUSEPORT), and by that also with a second server of the same user: it
// would start without a word and take half of the connections. A socket that shares with nobody finds this out.
//
// Threads: any. Blocks for a system call or two.
// Source:  socket(7), SO_REUSEPORT
#pragma once

#include "server/endpoint.h"
#include "tayori/result.h"

namespace tayori::server {

/// invalid_request naming the address when another process listens there, or when it is none of this machine's. Success
/// for port 0. Another process may still come in between; that is no worse than not having asked.
Outcome probe(const Endpoint& endpoint);

}  // namespace tayori::server
