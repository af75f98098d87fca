// PresenceHook: one address of a backend that is told of presence.
//
// Puts together what is due (PresenceDeliveries), how it is written (presence_request) and how it gets there
// (Outgoing).
//
// Threads: any.
// Source:  docs/reference/presence.md
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/clock.h"
#include "hub/presence_deliveries.h"
#include "hub/presence_forms.h"
#include "net/outgoing.h"

namespace tayori::hub {

class PresenceHook final : private net::OutgoingSource {
 public:
  /// `clock` outlives this.
  PresenceHook(PresenceTarget target, DeliveryLimits limits, net::OutgoingLimits outgoing,
               const base::Clock& clock, base::Random random);
  ~PresenceHook();

  /// Takes `edge` over; it will be told, or counted.
  void tell(const PresenceEdge& edge);

  [[nodiscard]] const PresenceTarget& target() const { return target_; }
  [[nodiscard]] PresenceDeliveries::Counts counts() const { return deliveries_.counts(); }

 private:
  std::optional<net::OutgoingRequest> next(Time now) override;
  std::optional<Time> due() override { return deliveries_.due(); }
  void on_answer(const std::string& key, int status, std::string_view why, Time now) override;

  const PresenceTarget target_;
  const base::Clock& clock_;
  PresenceDeliveries deliveries_;
  bool is_failing_ = false;  // on the thread of outgoing_
  net::Outgoing outgoing_;   // last: its thread uses all the others
};

}  // namespace tayori::hub
