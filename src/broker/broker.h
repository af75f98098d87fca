// Broker: appends records to the log and hands out its tail.
//
// What every implementation promises (broker_contract.h tests it):
//   - on_record gets every record exactly once, with ascending numbers and without holes, from whichever
//     thread, but never from two at a time.
//   - append answers once, with the record's number when it is held, else with an error; after an error the
//     record is not in the log, or the error says that this is unknown.
//   - The answer to an append comes after on_record has returned for that record, and before any later record.
//   - Numbers start at 1 in every epoch; the epoch changes exactly when numbers start anew.
//
// Threads: any.
// Source:  docs/explanation/log.md
#pragma once

#include <functional>
#include <string>

#include "broker/record.h"
#include "tayori/cursor.h"
#include "tayori/result.h"

namespace tayori::broker {

/// What a broker tells the node it belongs to.
class BrokerEvents {
 public:
  /// `record` is held under `number`. Must not append.
  virtual void on_record(Sequence number, Record&& record) = 0;

 protected:
  ~BrokerEvents() = default;
};

class Broker {
 public:
  using Appended = std::function<void(Result<Sequence>)>;

  virtual ~Broker() = default;
  Broker(const Broker&) = delete;
  Broker& operator=(const Broker&) = delete;

  /// The word that stands for this log's numbering.
  [[nodiscard]] virtual const std::string& epoch() const = 0;

  /// Begins to hand the tail to `events`, which outlives the broker. REQUIRES: called once, before append.
  virtual void start(BrokerEvents& events) = 0;

  /// Takes `record` into the log. `done` must neither block nor append.
  virtual void append(Record record, Appended done) = 0;

 protected:
  Broker() = default;
};

}  // namespace tayori::broker
