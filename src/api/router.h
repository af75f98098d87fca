// Router: which handler answers a method on a path.
//
// A pattern is a path whose segments may be {names}: "/rooms/{owner}/{number}". A literal segment wins over a name.
// An unknown path gets not_found; a known one with another method method_not_allowed and the Allow field. HEAD is
// answered by GET's handler.
//
// Threads: set up only (add); its loop only (on_request).
// Source:  RFC 9110 sections 9 and 15.5
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "net/http_connection.h"
#include "tayori/http.h"

namespace tayori::api {

class Router final : public net::HttpHandler {
 public:
  using Handler = std::function<void(HttpRequest, net::HttpExchange)>;
  /// Hears of every refusal, to count it.
  using Refused = std::function<void(ErrorCode)>;

  explicit Router(Refused refused) : refused_(std::move(refused)) {}

  /// REQUIRES: the pattern starts with '/', and method and pattern were not added before.
  void add(std::string_view method, std::string_view pattern, Handler handler);
  /// Answers every path that no pattern matches, instead of not_found.
  void otherwise(Handler handler) { otherwise_ = std::move(handler); }

  void on_request(HttpRequest request, net::HttpExchange exchange) override;
  HttpResponse on_bad_request(const Error& error) override;

 private:
  struct Route {
    std::vector<std::string> segments;  // a name stands as "{name}"
    std::unordered_map<std::string, Handler> by_method;
  };

  [[nodiscard]] const Route* find(HttpRequest& request) const;
  void refuse(net::HttpExchange exchange, const Error& error, const Route* route);

  Refused refused_;
  std::unordered_map<std::string, Route> literal_;
  std::vector<Route> patterns_;
  Handler otherwise_;
};

}  // namespace tayori::api
