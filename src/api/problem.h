// problem: an error as an HTTP answer, in the one place where codes become statuses.
//
// Threads: any.
// Source:  RFC 9457; spec/codes.json
#pragma once

#include "tayori/http.h"
#include "tayori/result.h"

namespace tayori::api {

/// application/problem+json with type, title, status, detail and code; and with the description and reconnect that a
/// page's frame `e` would have.
HttpResponse problem(const Error& error);

}  // namespace tayori::api
