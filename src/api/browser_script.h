// BrowserScript: the browser client as it is served, with its ETag.
//
// Threads: any (immutable).
// Source:  RFC 9110 section 13 (If-None-Match)
#pragma once

#include <string>

#include "tayori/http.h"

namespace tayori::api {

class BrowserScript {
 public:
  BrowserScript();
  /// The script, or 304 when the page has it.
  [[nodiscard]] HttpResponse answer(const HttpRequest& request) const;

 private:
  std::string etag_;
};

}  // namespace tayori::api
