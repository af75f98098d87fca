// problem_json: an error as the body of a problem document.
//
// Threads: any.
// Source:  RFC 9457; spec/protocol.md 3
#pragma once

#include <string>
#include <string_view>

#include "tayori/result.h"

namespace tayori::session {

/// With type, title, status, detail and code; and with the description and reconnect that a page's frame `e` would have.
/// `description` takes the place of the code's own, if it is not empty.
std::string problem_json(const Error& error, std::string_view description = {});

}  // namespace tayori::session
