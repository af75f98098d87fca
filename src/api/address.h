// addressee: whom a send is for, written as a client id or, as of old, as one of the client's tokens.
//
// Threads: any.
// Source:  channel-api.md 1 (client_id may be a token)
#pragma once

#include <string_view>

#include "hub/hub.h"
#include "tayori/client_id.h"
#include "tayori/result.h"

namespace tayori::api {

/// A good token stands for its client id; anything else is taken literally. invalid_client_id.
Result<ClientId> addressee(std::string_view text, const hub::Hub& hub);

}  // namespace tayori::api
