#include "hub/page_message_relay.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "access/webhook_signature.h"
#include "base/check.h"
#include "base/form.h"

namespace tayori::hub {
namespace {

/// Characters of a message's id: 103 bits, beyond repeating.
constexpr std::size_t kIdLength = 20;

/// What the page is told; it need not know where the backend is.
Outcome outcome_of(int status) {
  if (status >= 200 && status < 300) return success();
  return Error::of(ErrorCode::backend_unavailable,
                   status == 0 ? "The backend has not answered in time, or not at all."
                               : "The backend has answered with status " + std::to_string(status) +
                                     ", not with 2xx.");
}

}  // namespace

net::OutgoingRequest page_message_request(const RelayTarget& target,
                                          const PageMessages::Message& message,
                                          const std::string& id,
                                          std::chrono::system_clock::time_point now) {
  const std::string& client_id = message.client_id.text();
  net::OutgoingRequest request{
      .key = client_id,
      .url = target.url,
      // libcurl would ask whether a long body may come, and wait a second for backends that do not answer that.
      .fields = {"User-Agent: Tayori", "Content-Type: application/x-www-form-urlencoded",
                 "Expect:"},
      .body = base::form_encode({{"key", client_id}, {"msg", message.payload.text()}}),
      // The page decides whether it is sent again.
      .connection = net::OutgoingRequest::Connection::fresh};
  if (request.url.ends_with('/')) request.url.pop_back();
  request.url += "/_ah/channel/receive";
  for (std::string& field : access::webhook_fields(id, now, request.body, target.secret))
    request.fields.push_back(std::move(field));
  return request;
}

PageMessageRelay::PageMessageRelay(RelayTarget target, const PageMessages::Limits& limits,
                                   net::OutgoingLimits outgoing, const base::Clock& clock,
                                   base::Random random)
    : target_(std::move(target)),
      clock_(clock),
      messages_(limits),
      random_(std::move(random)),
      outgoing_(*this, outgoing, clock) {}

PageMessageRelay::~PageMessageRelay() = default;

Result<PageMessages::Ticket> PageMessageRelay::pass_on(PageMessages::Message message,
                                                       PageMessages::Done done) {
  auto ticket = messages_.add(std::move(message), std::move(done), clock_.steady());
  if (ticket) outgoing_.wake();
  return ticket;
}

std::optional<net::OutgoingRequest> PageMessageRelay::next(Time now) {
  const auto message = messages_.start(now);
  if (!message) return std::nullopt;
  return page_message_request(target_, *message, "message_" + random_.word(kIdLength),
                              clock_.wall());
}

void PageMessageRelay::on_answer(const std::string& key, int status, std::string_view why,
                                 Time /*now*/) {
  const auto client_id = ClientId::parse(key);
  CHECK(client_id.has_value(), "the key is the client id it was given");
  const Outcome outcome = outcome_of(status);
  messages_.finish(*client_id, outcome);
  // Told when it changes: a backend that is away for minutes is one piece of news.
  const bool is_failing = !outcome;
  if (std::exchange(is_failing_, is_failing) == is_failing) return;
  if (is_failing) {
    spdlog::warn("the backend at receive.url does not take what pages send: {}",
                 status == 0 ? std::string(why) : "status " + std::to_string(status));
  } else {
    spdlog::info("the backend at receive.url takes what pages send again");
  }
}

}  // namespace tayori::hub
