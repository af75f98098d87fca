#include "generator/sessions.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>

#include "generator/deadline.h"
#include "generator/failure.h"
#include "generator/sockets.h"
#include "generator/websocket_opening.h"

namespace tayori::bench {
namespace {

constexpr std::size_t kSourceAddresses = 8;
constexpr std::size_t kReadBytes = 64 * 1024;

}  // namespace

Sessions::Sessions()
    : epoll_(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")), buffer_(kReadBytes, '\0') {}

void Sessions::connect(std::uint16_t port, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t index = sessions_.size();
    const auto source = static_cast<std::uint8_t>(1 + index % kSourceAddresses);
    sessions_.push_back({connect_to(port, source), {}});
    epoll_event interest{.events = EPOLLIN, .data = {.u64 = index}};
    checked(::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, sessions_.back().socket.get(), &interest),
            "epoll_ctl");
  }
}

void Sessions::write(std::size_t session, std::string_view bytes) {
  write_all(sessions_.at(session).socket, bytes);
}

void Sessions::read_upgrade(std::size_t session) {
  std::string head;
  while (!head.ends_with("\r\n\r\n")) {
    const auto size = checked(
        ::recv(sessions_.at(session).socket.get(), buffer_.data(), buffer_.size(), 0), "recv");
    if (size == 0) break;
    head.append(buffer_, 0, static_cast<std::size_t>(size));
  }
  if (!is_upgrade_answer(head)) throw Failure("the upgrade was answered with: " + head);
}

bool Sessions::read_ready(const ArrivalHandler& on_arrival) {
  std::array<epoll_event, 512> events{};
  const auto ready = checked(
      ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), 0), "epoll_wait");
  for (std::size_t i = 0; i < static_cast<std::size_t>(ready); ++i) {
    Session& session = sessions_[events[i].data.u64];
    const auto size =
        checked(::recv(session.socket.get(), buffer_.data(), buffer_.size(), MSG_DONTWAIT), "recv");
    if (size == 0) throw Failure("the server closed a session");
    const std::size_t before = tally_.messages;
    session.reader.feed(std::string_view(buffer_).substr(0, static_cast<std::size_t>(size)),
                        tally_);
    on_arrival(tally_.messages - before);
  }
  return ready > 0;
}

void Sessions::read(std::size_t opened, std::size_t messages) {
  const Deadline deadline;
  const ArrivalHandler ignore = [](std::size_t) {};
  // Only when nothing more is there can a message too many be told.
  while (read_ready(ignore) || tally_.opened < opened || tally_.messages < messages) {
    deadline.check(std::to_string(messages) + " messages, got " + std::to_string(tally_.messages));
  }
  expect(opened, messages);
}

std::vector<Sessions::Clock::time_point> Sessions::time_arrivals(std::size_t messages) {
  const Deadline deadline;
  std::vector<Clock::time_point> arrivals;
  arrivals.reserve(messages);
  const ArrivalHandler note = [&](std::size_t count) {
    arrivals.insert(arrivals.end(), count, Clock::now());
  };
  while (tally_.messages < messages) {
    read_ready(note);
    deadline.check(std::to_string(messages) + " messages, got " + std::to_string(tally_.messages));
  }
  expect(0, messages);
  return arrivals;
}

void Sessions::expect(std::size_t opened, std::size_t messages) {
  if (tally_.refusals > 0) throw Failure("a session got an error, a gap or a close frame");
  if (tally_.opened != opened || tally_.messages != messages) {
    throw Failure("expected " + std::to_string(opened) + " opened and " + std::to_string(messages) +
                  " messages, got " + std::to_string(tally_.opened) + " and " +
                  std::to_string(tally_.messages));
  }
  tally_ = {};
}

}  // namespace tayori::bench
