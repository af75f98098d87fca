// answer_dev: the old development server's protocol, byte for byte.
//
// Its errors are part of it: 401 with the reason phrases that its pages show, 400 without a word.
//
// Threads: any.
// Source:  channel-api.md 3.3, 3.4; spec/protocol.md 4
#pragma once

#include <chrono>

#include "hub/hub.h"
#include "tayori/http.h"

namespace tayori::api {

HttpResponse answer_dev(const HttpRequest& request, hub::Hub& hub,
                        std::chrono::steady_clock::time_point now);

}  // namespace tayori::api
