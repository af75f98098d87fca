// topics_of: what a token's holder hears: its own messages, everyone's, and its groups'.
//
// Threads: any.
#pragma once

#include "access/token.h"
#include "hub/topic_ref.h"

namespace tayori::hub {

/// The client's own topic first, each topic once.
TopicRefs topics_of(const access::TokenClaims& claims);

}  // namespace tayori::hub
