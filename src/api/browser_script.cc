#include "api/browser_script.h"

#include <span>
#include <string_view>

#include "base/ascii.h"
#include "base/digest.h"

namespace tayori::api {

/// The bundle of clients/js, carried inside the library.
std::string_view browser_client();

namespace {

/// RFC 9110 section 13.1.2: weak comparison against a list, or "*".
bool names_etag(std::string_view if_none_match, std::string_view etag) {
  while (!if_none_match.empty()) {
    std::string_view one = base::take_until(if_none_match, ',');
    if (one == "*") return true;
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one == etag) return true;
  }
  return false;
}

}  // namespace

BrowserScript::BrowserScript() {
  const auto digest = base::sha256(browser_client());
  etag_ = '"' + base::hex(std::span(digest).first(8)) + '"';
}

HttpResponse BrowserScript::answer(const HttpRequest& request) const {
  const bool is_known = names_etag(request.field("If-None-Match"), etag_);
  HttpResponse response{.status = is_known ? 304 : 200, .reason = {}, .fields = {}, .body = {}};
  response.with("ETag", etag_)
      .with("Cache-Control", "no-cache")
      .with("Access-Control-Allow-Origin", "*")
      .with("X-Content-Type-Options", "nosniff");
  if (is_known) return response;
  response.with("Content-Type", "text/javascript; charset=utf-8");
  response.body = browser_client();
  return response;
}

}  // namespace tayori::api
