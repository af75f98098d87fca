// What a text in the configuration has to look like, rule by rule.
//
// Threads: any (pure functions).
#pragma once

#include <string>

namespace tayori::server {

/// ADDRESS:PORT, as Endpoint::parse() takes it.
bool is_endpoint(const std::string& text);
/// A path of plain characters that begins and ends with '/' and has a name in between: "/_ah/channel/".
bool is_prefix(const std::string& text);
/// "*", "https://example.org" or "https://*.example.org".
bool is_origin(const std::string& text);
/// An http or https address without a query; or nothing.
bool is_hook(const std::string& text);
/// Printable ASCII without spaces, as it has to travel in an HTTP field; or nothing.
bool is_api_key(const std::string& text);
/// Long enough for HS256; or nothing.
bool is_tokens_key(const std::string& text);

}  // namespace tayori::server
