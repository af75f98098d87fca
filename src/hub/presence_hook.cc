#include "hub/presence_hook.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "base/check.h"

namespace tayori::hub {
namespace {

PresenceDeliveries::Outcome outcome_of(int status) {
  if (status >= 200 && status < 300) return PresenceDeliveries::Outcome::taken;
  // There is no handler, and will be none by asking again (RFC 9110 sections 15.5.5, 15.5.6, 15.5.11, 15.6.2).
  if (status == 404 || status == 405 || status == 410 || status == 501)
    return PresenceDeliveries::Outcome::refused;
  return PresenceDeliveries::Outcome::failed;
}

}  // namespace

PresenceHook::PresenceHook(PresenceTarget target, DeliveryLimits limits,
                           net::OutgoingLimits outgoing, const base::Clock& clock,
                           base::Random random)
    : target_(std::move(target)),
      clock_(clock),
      deliveries_(limits, std::move(random)),
      outgoing_(*this, outgoing, clock) {}

PresenceHook::~PresenceHook() = default;

void PresenceHook::tell(const PresenceEdge& edge) {
  deliveries_.add(edge, clock_.steady());
  outgoing_.wake();
}

std::optional<net::OutgoingRequest> PresenceHook::next(Time now) {
  const auto edge = deliveries_.start(now);
  if (!edge) return std::nullopt;
  return presence_request(target_, *edge, clock_.wall());
}

void PresenceHook::on_answer(const std::string& key, int status, std::string_view why, Time now) {
  const auto client_id = ClientId::parse(key);
  CHECK(client_id.has_value(), "the key is the client id it was given");
  const auto outcome = outcome_of(status);
  deliveries_.finish(*client_id, outcome, now);
  // Told when it changes: a backend that is away for minutes is one piece of news.
  const bool is_failing = outcome == PresenceDeliveries::Outcome::failed;
  if (std::exchange(is_failing_, is_failing) == is_failing) return;
  if (is_failing) {
    spdlog::warn("presence is not taken by {}: {}; it is kept and told again", target_.url,
                 status == 0 ? std::string(why) : "status " + std::to_string(status));
  } else {
    spdlog::info("presence is taken by {} again", target_.url);
  }
}

}  // namespace tayori::hub
