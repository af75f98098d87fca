#include "api/receive_route.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "api/page_requests.h"
#include "base/ascii.h"
#include "base/form.h"
#include "session/frames.h"

namespace tayori::api {
namespace {

constexpr std::string_view kFormType = "application/x-www-form-urlencoded";

/// A page's request while the backend is asked. Of its loop only.
struct Held {
  /// Nothing once it is answered, or the page has gone.
  std::optional<net::HttpExchange> exchange;
  std::string origin;
};

struct Form {
  std::string key;
  std::string msg;
};

Result<Form> form_of(const HttpRequest& request) {
  std::string_view type = request.field("Content-Type");
  if (!base::equal_ignoring_case(base::take_until(type, ';'), kFormType)) {
    return Error::of(ErrorCode::unsupported_media_type,
                     "The body has to be sent as " + std::string(kFormType) + ".");
  }
  auto fields = base::parse_form(request.body);
  if (!fields) return Error::of(ErrorCode::invalid_request, "The form has too many fields.");
  std::optional<std::string> key;
  std::optional<std::string> msg;
  for (auto& [name, value] : *fields) {
    if (name != "key" && name != "msg") continue;
    auto& wanted = name == "key" ? key : msg;
    if (wanted)
      return Error::of(ErrorCode::invalid_request, "The form has the field " + name + " twice.");
    wanted = std::move(value);
  }
  if (!key) return Error::of(ErrorCode::invalid_request, "The form has no field key.");
  if (!msg) return Error::of(ErrorCode::invalid_request, "The form has no field msg.");
  return Form{.key = std::move(*key), .msg = std::move(*msg)};
}

/// The route of one loop; its handlers hold it.
class Receiving {
 public:
  Receiving(hub::LoopHub& loop, const BrowserSettings& settings)
      : pages_(loop, settings.origins), loop_(loop), settings_(settings.receive) {}

  void receive(const HttpRequest& request, net::HttpExchange exchange) const {
    auto message = read(request);
    if (!message) return pages_.refuse(request, std::move(exchange), message.error());
    const auto wait = settings_.rate->take(message->client_id.text());
    if (wait > wait.zero()) return refuse_for(wait, request, std::move(exchange));
    pass_on(request, std::move(exchange), std::move(*message));
  }

  void preflight(const HttpRequest& request, net::HttpExchange exchange) const {
    pages_.preflight(request, std::move(exchange));
  }

 private:
  /// What the page may send, but for its rate.
  [[nodiscard]] Result<hub::PageMessages::Message> read(const HttpRequest& request) const {
    if (const auto welcomed = pages_.welcome(request); !welcomed) return welcomed.error();
    if (settings_.relay == nullptr) {
      return Error::of(ErrorCode::not_found,
                       "No backend takes what pages send: the server's receive.url is empty.");
    }
    auto form = form_of(request);
    if (!form) return form.error();
    auto arrival = loop_.admit({.token = std::move(form->key)});
    if (!arrival) return arrival.error();
    auto payload = Payload::parse(std::move(form->msg), settings_.message_bytes);
    if (!payload) return payload.error();
    return hub::PageMessages::Message{.client_id = std::move(arrival->claims.client_id),
                                      .payload = std::move(*payload)};
  }

  void refuse_for(std::chrono::nanoseconds wait, const HttpRequest& request,
                  net::HttpExchange exchange) const {
    const auto seconds = std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count());
    const Error error =
        Error::of(ErrorCode::rate_limited,
                  "This client id sends more than the limit; try again in " + seconds + " s.");
    auto response = pages_.refusal(request.field("Origin"), error);
    exchange.respond(response.with("Retry-After", seconds));
  }

  void pass_on(const HttpRequest& request, net::HttpExchange exchange,
               hub::PageMessages::Message message) const {
    auto held = std::make_shared<Held>(
        Held{.exchange = std::move(exchange), .origin = std::string(request.field("Origin"))});
    auto done = [pages = pages_, held, &loop = loop_.loop()](const Outcome& outcome) {
      loop.post([pages, held, outcome] { answer(pages, *held, outcome); });
    };
    auto ticket = settings_.relay->pass_on(std::move(message), std::move(done));
    if (!ticket) return answer(pages_, *held, ticket.error());
    // Not held by what it watches over, which would hold itself then.
    held->exchange->watch(
        [relay = settings_.relay, ticket = std::move(*ticket), gone = std::weak_ptr(held)] {
          relay->withdraw(ticket);
          if (const auto waiting = gone.lock()) waiting->exchange.reset();
        });
  }

  static void answer(const PageRequests& pages, Held& held, const Outcome& outcome) {
    auto exchange = std::exchange(held.exchange, std::nullopt);
    if (!exchange) return;
    exchange->respond(outcome ? answer_head(204, {}, held.origin)
                              : pages.refusal(held.origin, outcome.error()));
  }

  PageRequests pages_;
  hub::LoopHub& loop_;
  const ReceiveSettings& settings_;
};

}  // namespace

void add_receive_route(Router& router, hub::LoopHub& loop, const BrowserSettings& settings) {
  const Receiving receiving(loop, settings);
  const std::string path = settings.prefix + "receive";
  router.add("POST", path, [receiving](const HttpRequest& request, net::HttpExchange exchange) {
    receiving.receive(request, std::move(exchange));
  });
  router.add("OPTIONS", path, [receiving](const HttpRequest& request, net::HttpExchange exchange) {
    receiving.preflight(request, std::move(exchange));
  });
}

}  // namespace tayori::api
