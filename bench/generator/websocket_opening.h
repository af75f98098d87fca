// The bytes with which a page opens a session: the upgrade request, its answer, and the frame `t`.
//
// Threads: any.
// Source:  RFC 6455 sections 1.3 and 5.3; spec/protocol.md 2
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tayori::bench {

/// The GET that asks for a WebSocket, with the key of the RFC's own example.
std::string upgrade_request(std::uint16_t port);

/// Whether `head` is the answer that the key of upgrade_request() calls for.
bool is_upgrade_answer(std::string_view head);

/// The masked text frame that carries `token`. REQUIRES: `token` has less than 64 KiB.
std::string token_frame(std::string_view token);

}  // namespace tayori::bench
