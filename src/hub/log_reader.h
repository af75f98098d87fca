// LogReader: reads the records of the log into what the node knows: messages and groups, who is here, what is revoked.
//
// Everything a node knows beyond its own sessions comes from here, so that another that has read the same log knows
// the same.
//
// Threads: as the broker calls it: any, one at a time.
// Source:  docs/explanation/log.md
#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "base/clock.h"
#include "broker/broker.h"
#include "hub/control.h"
#include "hub/endings.h"
#include "hub/repeats.h"
#include "hub/revocations.h"
#include "hub/roster.h"
#include "hub/tail.h"
#include "tayori/result.h"

namespace tayori::hub {

class LogReader final : public broker::BrokerEvents {
 public:
  /// A client id whose sessions end.
  using Ended = std::function<void(const ClientId&, const Control::End&)>;

  LogReader(Tail& tail, Roster& roster, Revocations& revocations, Endings& endings,
            Repeats::Limits repeats, const base::Clock& clock)
      : tail_(tail),
        roster_(roster),
        revocations_(revocations),
        endings_(endings),
        repeats_(repeats),
        clock_(clock) {}

  /// REQUIRES: set up only.
  void on_ended(Ended ended) { ended_ = std::move(ended); }

  void on_record(Sequence number, broker::Record&& record) override;

  /// What reading a record came to.
  struct Taken {
    /// Where it, or the one that it repeats, stands.
    Sequence number = {};
    /// Sessions it was handed to or that it ends; of a join or leave, the members of the group.
    std::size_t count = 0;
    bool is_repeated = false;
    std::optional<Error> refused = {};
  };
  /// REQUIRES: called within the answer to the append of the newest record.
  [[nodiscard]] const Taken& newest() const { return newest_; }

  /// Keys that were forgotten before their time.
  [[nodiscard]] std::uint64_t forgotten_keys() const { return repeats_.forgotten(); }

 private:
  struct Reading;

  [[nodiscard]] Taken take_message(Sequence number, const broker::Record& record);
  [[nodiscard]] Taken take_control(Sequence number, const broker::Record& record);

  Tail& tail_;
  Roster& roster_;
  Revocations& revocations_;
  Endings& endings_;
  Repeats repeats_;
  const base::Clock& clock_;
  Ended ended_;
  Taken newest_;
};

}  // namespace tayori::hub
