#include "broker/memory_broker.h"

#include <utility>

#include "base/check.h"

namespace tayori::broker {

MemoryBroker::MemoryBroker(std::string epoch) : epoch_(std::move(epoch)) {}

void MemoryBroker::start(BrokerEvents& events) {
  const std::scoped_lock lock(mutex_);
  CHECK(events_ == nullptr, "a broker is started once");
  events_ = &events;
}

void MemoryBroker::append(Record record, Appended done) {
  // The answer is given under the lock too: it has to come before the next record's on_record.
  const std::scoped_lock lock(mutex_);
  CHECK(events_ != nullptr, "append comes after start");
  last_ = last_.next();
  events_->on_record(last_, std::move(record));
  if (done) done(last_);
}

}  // namespace tayori::broker
