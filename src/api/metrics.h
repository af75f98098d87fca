// metrics_text: what all loops have counted, in the Prometheus text format.
//
// Threads: any.
// Source:  docs/reference/metrics.md
#pragma once

#include <string>
#include <vector>

#include "hub/hub.h"
#include "net/traffic.h"

namespace tayori::api {

std::string metrics_text(const hub::Hub& hub, const std::vector<const net::Traffic*>& traffic);

}  // namespace tayori::api
