// Candidate: a running server under measurement, with its sessions and a way to make it send.
//
// The two are TayoriServer and BareServer; what they have in common is all that a ratio may rest
// on.
//
// Threads: one.
#pragma once

#include <cstddef>

#include "generator/process_meter.h"
#include "generator/sessions.h"

namespace tayori::bench {

/// Of every message sent here.
inline constexpr std::size_t kMessageBytes = 128;
/// Of the frame that carries one: a head of 4 bytes, `m`, three digits of a sequence number, a
/// newline, the message.
inline constexpr std::size_t kFrameBytes = 4 + 1 + 3 + 1 + kMessageBytes;

class Candidate {
 public:
  virtual ~Candidate() = default;

  virtual Sessions& sessions() = 0;
  [[nodiscard]] virtual const ProcessMeter& meter() const = 0;

  /// Asks for `in_flight` broadcasts in one write, and does not wait.
  virtual void broadcast(std::size_t in_flight) = 0;

  /// Asks for all that a broadcast takes but for the deliveries.
  virtual void send_to_nobody() = 0;

  /// Takes the answers to the last `count` requests. They may come before the deliveries or after.
  virtual void take_answers(std::size_t count) = 0;
};

}  // namespace tayori::bench
