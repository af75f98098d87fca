#include "generator/bare_server.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>

#include "generator/deadline.h"
#include "generator/failure.h"
#include "generator/sockets.h"

namespace tayori::bench {

BareServer::BareServer(const Programs& programs, const Probe* probe)
    : process_(
          {.program = programs.bare_loop,
           .arguments = {std::to_string(kFrameBytes)},
           .environment = probe != nullptr ? probe->environment() : std::vector<std::string>{}}),
      meter_(process_.pid()),
      sessions_port_(read_port("sessions")),
      control_(connect_to(read_port("control"))) {}

std::uint16_t BareServer::read_port(const std::string& name) {
  const std::string line = process_.read_line();
  if (!line.starts_with(name + " ")) throw Failure("bare_loop said: " + line);
  return static_cast<std::uint16_t>(std::stoul(line.substr(name.size())));
}

void BareServer::open(std::size_t count) {
  sessions_.connect(sessions_port_, count);
  meter_.wait_until_quiet();
}

void BareServer::broadcast(std::size_t in_flight) {
  write_all(control_, std::string(in_flight, 'b'));
}

void BareServer::send_to_nobody() { write_all(control_, "n"); }

void BareServer::take_answers(std::size_t count) {
  const Deadline deadline;
  std::array<char, 64> answers{};
  for (std::size_t taken = 0; taken < count;) {
    const auto size = ::recv(control_.get(), answers.data(), answers.size(), MSG_DONTWAIT);
    if (size < 0 && errno == EAGAIN) {
      deadline.check("the bare loop's answer");
      continue;
    }
    if (checked(size, "recv") == 0) throw Failure("the bare loop has ended");
    taken += static_cast<std::size_t>(size);
  }
}

}  // namespace tayori::bench
