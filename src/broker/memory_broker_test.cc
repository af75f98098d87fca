#include "broker/memory_broker.h"

#include <gtest/gtest.h>

#include <memory>

#include "base/random.h"
#include "broker/broker_contract.h"

namespace tayori::broker {
namespace {

struct MemoryLogs {
  base::Random random = base::Random::seeded(1);
  std::unique_ptr<Broker> make() { return std::make_unique<MemoryBroker>(random.word(10)); }
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, BrokerContract, MemoryLogs);

TEST(MemoryBroker, stands_under_the_word_it_was_given) {
  EXPECT_EQ(MemoryBroker("e1").epoch(), "e1");
}

TEST(MemoryBroker, has_answered_when_append_returns) {
  MemoryBroker broker("e1");
  LogTrace trace;
  broker.start(trace);
  Sequence answered;
  broker.append(message_to_everyone("x"), [&](Result<Sequence> number) { answered = *number; });
  EXPECT_EQ(answered, Sequence{1});
  EXPECT_EQ(trace.records().size(), 1U);
}

TEST(MemoryBrokerDeathTest, is_started_once_and_before_the_first_append) {
  MemoryBroker broker("e1");
  LogTrace trace;
  EXPECT_EXIT(broker.append(message_to_everyone("x"), {}), testing::KilledBySignal(SIGABRT), "");
  broker.start(trace);
  EXPECT_EXIT(broker.start(trace), testing::KilledBySignal(SIGABRT), "");
}

}  // namespace
}  // namespace tayori::broker
