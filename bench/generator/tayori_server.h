// TayoriServer: `tayori serve` as a candidate, reached by its public interfaces only.
//
// Threads: one.
// Source:  spec/protocol.md 2, spec/openapi.yaml
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "generator/candidate.h"
#include "generator/child_process.h"
#include "generator/http_connection.h"
#include "generator/probe.h"
#include "generator/programs.h"

namespace tayori::bench {

class TayoriServer final : public Candidate {
 public:
  using Tokens = std::vector<std::string>;

  /// Starts it with one loop, on ports of its own choice, with `probe` loaded if there is one.
  explicit TayoriServer(const Programs& programs, const Probe* probe = nullptr);

  /// Tokens for `count` client ids that no one had before.
  Tokens create_channels(std::size_t count);

  /// Opens a session with each token, in waves. Every one must be brought the `missed` messages
  /// that were sent to it since its token was made.
  void open(const Tokens& tokens, std::size_t missed = 0);

  /// Sends one message to each of the next `count` sessions, every one by a POST on a connection of
  /// its own. REQUIRES: count <= kPublishers.
  void post_each(std::size_t count);

  /// Sends one message to each of the next `count` * kBatch sessions, by `count` POSTs of a batch,
  /// every one on a connection of its own. REQUIRES: count <= kPublishers.
  void post_batches(std::size_t count);
  static constexpr std::size_t kBatch = 32;

  /// Takes the answers to the last `count` of those POSTs, of either kind.
  void take_post_answers(std::size_t count);
  static constexpr std::size_t kPublishers = 100;

  Sessions& sessions() override { return sessions_; }
  [[nodiscard]] const ProcessMeter& meter() const override { return meter_; }
  void broadcast(std::size_t in_flight) override;
  void send_to_nobody() override;
  void take_answers(std::size_t count) override;

 private:
  /// The session that is sent to next, one after another and round again.
  std::string next_client();
  void open_wave(const Tokens& tokens, std::size_t first, std::size_t count, std::size_t missed);

  ChildProcess process_;
  ProcessMeter meter_;
  std::uint16_t public_port_ = 0;
  std::uint16_t internal_port_ = 0;
  std::vector<HttpConnection> publishers_;
  Sessions sessions_;
  std::size_t channels_created_ = 0;
  std::size_t next_to_post_ = 0;
};

}  // namespace tayori::bench
