// Channel calls: create_channel, disconnect, history, groups, presence and server: everything but sending.
//
// Threads: set up only.
// Source:  spec/openapi.yaml; channel-api.md 1
#pragma once

#include "api/backend_call.h"

namespace tayori::api {

void add_channel_calls(Router& router, const Backend& backend);

}  // namespace tayori::api
