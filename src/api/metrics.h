// metrics_text: what all loops have counted, in the Prometheus text format.
//
// Threads: any.
// Source:  docs/reference/metrics.md
#pragma once

#include <string>
#include <vector>

#include "hub/hub.h"
#include "hub/page_message_relay.h"
#include "net/traffic.h"

namespace tayori::api {

/// `relay` is null where no backend takes what pages send.
std::string metrics_text(const hub::Hub& hub, const std::vector<const net::Traffic*>& traffic,
                         const hub::PageMessageRelay* relay);

}  // namespace tayori::api
