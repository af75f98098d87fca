// PageMessageRelay: hands what pages send to the backend, as the form of old.
//
// Puts together whose turn it is (PageMessages), how a message is written (page_message_request) and how it gets there
// (Outgoing).
//
// Threads: any.
// Source:  docs/reference/receive.md
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/random.h"
#include "hub/page_messages.h"
#include "net/outgoing.h"

namespace tayori::hub {

struct RelayTarget {
  /// What the path of the callback is added to.
  std::string url;
  /// Signs the messages; nothing is signed without one.
  std::string secret;
};

/// `message` as the POST that hands it to a backend; `id` is what the convention of webhooks knows it by.
net::OutgoingRequest page_message_request(const RelayTarget& target,
                                          const PageMessages::Message& message,
                                          const std::string& id,
                                          std::chrono::system_clock::time_point now);

class PageMessageRelay final : private net::OutgoingSource {
 public:
  /// `clock` outlives this.
  PageMessageRelay(RelayTarget target, const PageMessages::Limits& limits,
                   net::OutgoingLimits outgoing, const base::Clock& clock, base::Random random);
  /// REQUIRES: end() was called, or nobody waits.
  ~PageMessageRelay();

  /// As PageMessages::add(); the outcome is success() once the backend has taken the message, or backend_unavailable.
  [[nodiscard]] Result<PageMessages::Ticket> pass_on(PageMessages::Message message,
                                                     PageMessages::Done done);
  void withdraw(const PageMessages::Ticket& ticket) { messages_.withdraw(ticket); }
  void drain() { messages_.drain(); }
  /// From here on nobody is told anything.
  void end() { messages_.end(); }

  [[nodiscard]] PageMessages::Counts counts() const { return messages_.counts(); }

 private:
  std::optional<net::OutgoingRequest> next(Time now) override;
  std::optional<Time> due() override { return messages_.due(); }
  void on_answer(const std::string& key, int status, std::string_view why, Time now) override;

  const RelayTarget target_;
  const base::Clock& clock_;
  PageMessages messages_;
  base::Random random_;  // on the thread of outgoing_, as is the next
  bool is_failing_ = false;
  net::Outgoing outgoing_;  // last: its thread uses all the others
};

}  // namespace tayori::hub
