// ProgramPresence: edges of presence on their way to the embedding program's own handler.
//
// One at a time, those of a client id in order, on a worker. A handler that is slow makes them wait, up to a limit; beyond
// it, those that cancel out are taken out, as for a backend that is away.
//
// Threads: any.
// Source:  docs/how-to/embed.md
#pragma once

#include <atomic>

#include "base/clock.h"
#include "base/workers.h"
#include "hub/presence_deliveries.h"
#include "tayori/server.h"

namespace tayori::server {

class ProgramPresence {
 public:
  /// `workers` and `clock` outlive this, which outlives what runs on `workers`.
  ProgramPresence(Server::PresenceHandler handler, std::size_t waiting, base::Workers& workers,
                  const base::Clock& clock);

  void tell(const PresenceEdge& edge);

 private:
  /// Edges that are handed over before other work of the program gets its turn.
  static constexpr int kTurn = 64;

  void run();
  /// Whether there was one.
  bool hand_over_next();

  const Server::PresenceHandler handler_;
  base::Workers& workers_;
  const base::Clock& clock_;
  hub::PresenceDeliveries deliveries_;
  std::atomic<bool> is_running_{false};
};

}  // namespace tayori::server
