// BackendCall: what the calls under /v1/ have in common: the key, the body, and one answer, from whichever thread.
//
// Threads: its loop only; an Answer from any.
// Source:  docs/reference/http-api.md
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/answer_json.h"
#include "api/backend_routes.h"
#include "api/json_body.h"
#include "api/router.h"
#include "hub/hub.h"
#include "net/http_connection.h"
#include "tayori/result.h"

namespace tayori::api {

/// What the calls of one loop share.
struct Backend {
  hub::Hub& hub;
  hub::LoopHub& loop;
  const BackendSettings& settings;

  [[nodiscard]] Outcome admit(const HttpRequest& request) const;
  void refuse(net::HttpExchange exchange, const Error& error) const;
};

/// Answers one call, once.
class Answer {
 public:
  Answer(const Backend& backend, net::HttpExchange exchange);

  /// `json` is the text of the answer.
  void operator()(Result<std::string> json) const;
  /// The same of anything that json_of() writes.
  template <typename Value>
  void of(const Result<Value>& value) const {
    if (!value) return (*this)(value.error());
    (*this)(json_of(*value));
  }

 private:
  static void give(const Backend& backend, net::HttpExchange& exchange,
                   const Result<std::string>& json);

  Backend backend_;
  /// Shared only because std::function has to be copyable.
  std::shared_ptr<net::HttpExchange> exchange_;
};

/// Adds POST /v1/`name`, whose body has `members`; `call` is to answer each.
void add_call(Router& router, const Backend& backend, std::string_view name,
              std::initializer_list<std::string_view> members,
              std::function<void(const Backend&, JsonBody, Answer)> call);

}  // namespace tayori::api
