// BareServer: the yardstick as a candidate.
//
// Threads: one.
// Source:  bare_loop/bare_loop.cc
#pragma once

#include <cstdint>
#include <string>

#include "generator/candidate.h"
#include "generator/child_process.h"
#include "generator/probe.h"
#include "generator/programs.h"

namespace tayori::bench {

class BareServer final : public Candidate {
 public:
  /// Starts it, with `probe` loaded if there is one.
  explicit BareServer(const Programs& programs, const Probe* probe = nullptr);

  /// Connects `count` sessions.
  void open(std::size_t count);

  Sessions& sessions() override { return sessions_; }
  [[nodiscard]] const ProcessMeter& meter() const override { return meter_; }
  void broadcast(std::size_t in_flight) override;
  void send_to_nobody() override;
  void take_answers(std::size_t count) override;

 private:
  /// The port in the line `NAME PORT`.
  std::uint16_t read_port(const std::string& name);

  ChildProcess process_;
  ProcessMeter meter_;
  std::uint16_t sessions_port_;
  FileDescriptor control_;
  Sessions sessions_;
};

}  // namespace tayori::bench
