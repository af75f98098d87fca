// json_of: what calls of backends answer, as JSON.
//
// Threads: any (functions).
// Source:  spec/openapi.yaml (components/schemas)
#pragma once

#include <string>

#include "tayori/channel.h"
#include "tayori/disconnect.h"
#include "tayori/group.h"
#include "tayori/history.h"
#include "tayori/presence.h"
#include "tayori/server_facts.h"

namespace tayori::api {

std::string json_of(const Channel& channel);
std::string json_of(const Sent& sent);
std::string json_of(const Membership& membership);
std::string json_of(const Groups& groups);
std::string json_of(const PresentClients& present);
std::string json_of(const PresenceEvents& events);
std::string json_of(const Disconnected& disconnected);
std::string json_of(const History& history);
std::string json_of(const ServerFacts& server);

}  // namespace tayori::api
