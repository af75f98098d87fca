// Routes: what Retro Chat answers, as a list that any server may take over.
//
// Threads: set up only; the handlers themselves run on any thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tayori/http.h"

namespace retrochat {

struct Route {
  std::string method;
  /// As tayori::Server::route takes it.
  std::string pattern;
  std::function<tayori::HttpResponse(const tayori::HttpRequest&)> handler;
};

using Routes = std::vector<Route>;

}  // namespace retrochat
