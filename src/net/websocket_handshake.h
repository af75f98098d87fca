// The WebSocket handshake: the answer to a request that asks to go on as WebSocket.
//
// Pure: looks at fields only; whether the origin is welcome is asked elsewhere.
//
// Threads: any.
// Source:  RFC 6455 section 4.2, RFC 9110 section 7.8
#pragma once

#include <string_view>
#include <vector>

#include "tayori/http.h"
#include "tayori/result.h"

namespace tayori::net {

/// The 101 that accepts `request`. Echoes `subprotocol` when it is among those offered; offering
/// none, or only others, is no error. upgrade_required when version 13 of WebSocket is not asked
/// for (answer with upgrade_fields()); invalid_request when it is asked for wrongly.
Result<HttpResponse> accept_upgrade(const HttpRequest& request, std::string_view subprotocol);

/// Whether `subprotocol` is among those that `request` offers.
[[nodiscard]] bool offers_subprotocol(const HttpRequest& request, std::string_view subprotocol);

/// What an answer 426 has to carry: Upgrade, Connection and Sec-WebSocket-Version.
[[nodiscard]] std::vector<HttpField> upgrade_fields();

}  // namespace tayori::net
