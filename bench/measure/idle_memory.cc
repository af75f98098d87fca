#include "measure/idle_memory.h"

#include "generator/bare_server.h"
#include "generator/tayori_server.h"

namespace tayori::bench {
namespace {

constexpr std::size_t kOpenedBefore = 16;

double dirty_bytes(const Candidate& candidate) {
  candidate.meter().wait_until_quiet();
  return static_cast<double>(candidate.meter().private_dirty_bytes());
}

}  // namespace

double tayori_bytes_per_session(const Programs& programs, std::size_t sessions) {
  TayoriServer server(programs);
  // All tokens first: making them must not count as memory of the sessions.
  const auto tokens = server.create_channels(kOpenedBefore + sessions);
  const auto rest = tokens.begin() + kOpenedBefore;
  server.open({tokens.begin(), rest});
  const double before = dirty_bytes(server);
  server.open({rest, tokens.end()});
  return (dirty_bytes(server) - before) / static_cast<double>(sessions);
}

double bare_loop_bytes_per_session(const Programs& programs, std::size_t sessions) {
  BareServer server(programs);
  server.open(kOpenedBefore);
  const double before = dirty_bytes(server);
  server.open(sessions);
  return (dirty_bytes(server) - before) / static_cast<double>(sessions);
}

}  // namespace tayori::bench
