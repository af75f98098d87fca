#include "server/program_presence.h"

#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>
#include <utility>

#include "base/random.h"

namespace tayori::server {

ProgramPresence::ProgramPresence(Server::PresenceHandler handler, std::size_t waiting,
                                 base::Workers& workers, const base::Clock& clock)
    : handler_(std::move(handler)),
      workers_(workers),
      clock_(clock),
      deliveries_({.edges = waiting, .parallel = 1}, base::Random::system()) {}

void ProgramPresence::tell(const PresenceEdge& edge) {
  deliveries_.add(edge, clock_.steady());
  if (is_running_.exchange(true)) return;
  boost::asio::post(workers_.pool(), [this] { run(); });
}

void ProgramPresence::run() {
  for (int i = 0; i < kTurn; ++i) {
    if (hand_over_next()) continue;
    is_running_ = false;
    // One may have come between the look and the word that nobody is looking any more.
    if (!deliveries_.due() || is_running_.exchange(true)) return;
  }
  boost::asio::post(workers_.pool(), [this] { run(); });
}

bool ProgramPresence::hand_over_next() {
  const auto edge = deliveries_.start(clock_.steady());
  if (!edge) return false;
  try {
    handler_(*edge);
  } catch (const std::exception& thrown) {
    spdlog::error("the presence handler threw: {}", thrown.what());
  } catch (...) {
    spdlog::error("the presence handler threw");
  }
  // What it has thrown at would be thrown at again.
  deliveries_.finish(edge->client_id, hub::PresenceDeliveries::Outcome::taken, clock_.steady());
  return true;
}

}  // namespace tayori::server
