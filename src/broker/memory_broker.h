// MemoryBroker: a log that lives as long as its process; its tail is a function call.
//
// It numbers records and holds nothing itself: what history there is, is the node's window. A restart starts a
// new epoch, so that a page which comes back learns of it by a gap.
//
// Threads: any.
#pragma once

#include <mutex>
#include <string>

#include "broker/broker.h"

namespace tayori::broker {

class MemoryBroker final : public Broker {
 public:
  /// `epoch` must be a word no earlier log had: the caller takes it from a source of randomness.
  explicit MemoryBroker(std::string epoch);

  [[nodiscard]] const std::string& epoch() const override { return epoch_; }
  void start(BrokerEvents& events) override;
  void append(Record record, Appended done) override;

 private:
  const std::string epoch_;
  std::mutex mutex_;
  BrokerEvents* events_ = nullptr;  // guarded by mutex_
  Sequence last_;                   // guarded by mutex_
};

}  // namespace tayori::broker
