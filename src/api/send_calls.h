// Send calls: send_message, send_group, broadcast, and batch.
//
// Threads: set up only.
// Source:  spec/openapi.yaml; channel-api.md 1
#pragma once

#include "api/backend_call.h"

namespace tayori::api {

void add_send_calls(Router& router, const Backend& backend);

}  // namespace tayori::api
