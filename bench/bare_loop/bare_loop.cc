// bare_loop: the yardstick. The least that a server on this kernel can do to deliver one frame to
// each of N connections: a loop of send().
//
//   bare_loop FRAME_BYTES
//
// Prints `sessions PORT` and `control PORT`. Whoever connects to the first is a session: no
// handshake, nothing is read. On the control connection each byte is a command, answered with the
// same byte when it is done: `b` sends one prepared frame to every session in the order of arrival,
// `n` does nothing. epoll is asked only for what arrives; there is no queue, no framing, no session
// state but the socket.
//
// Threads: one.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "generator/failure.h"
#include "generator/process_limits.h"

namespace tayori::bench {
namespace {

/// A text frame of `frame_bytes` in all that reads as one message. REQUIRES: 130 <= frame_bytes <=
/// 65,539.
std::string prepared_frame(std::size_t frame_bytes) {
  const std::size_t payload = frame_bytes - 4;
  std::string frame{'\x81', '\x7e', static_cast<char>(payload >> 8),
                    static_cast<char>(payload & 0xff)};
  frame += "m0\n";
  frame.resize(frame_bytes, 'x');
  return frame;
}

/// A listener on any free port of 127.0.0.1, announced on stdout as `name`.
int listen_as(const char* name) {
  const int listener = checked(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), "socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  checked(::bind(listener, reinterpret_cast<const sockaddr*>(&address), size), "bind");
  checked(::listen(listener, SOMAXCONN), "listen");
  checked(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), "getsockname");
  std::printf("%s %d\n", name, ntohs(address.sin_port));
  return listener;
}

class BareLoop {
 public:
  explicit BareLoop(std::size_t frame_bytes) : frame_(prepared_frame(frame_bytes)) {
    watch(session_listener_);
    watch(control_listener_);
    std::fflush(stdout);
  }

  /// Serves until the control connection ends.
  void run() {
    std::array<epoll_event, 64> events{};
    while (!ended_) {
      const int ready = checked(
          ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1), "epoll_wait");
      for (std::size_t i = 0; i < static_cast<std::size_t>(ready); ++i) take(events[i].data.fd);
    }
  }

 private:
  void watch(int file) const {
    epoll_event interest{.events = EPOLLIN, .data = {.fd = file}};
    checked(::epoll_ctl(epoll_, EPOLL_CTL_ADD, file, &interest), "epoll_ctl");
  }

  void take(int file) {
    if (file == session_listener_) {
      accept_sessions();
    } else if (file == control_listener_) {
      control_ = checked(::accept4(control_listener_, nullptr, nullptr, SOCK_NONBLOCK), "accept4");
      watch(control_);
    } else {
      obey();
    }
  }

  void accept_sessions() {
    for (;;) {
      const int session = ::accept4(session_listener_, nullptr, nullptr, SOCK_NONBLOCK);
      if (session < 0) return;
      const int on = 1;
      checked(::setsockopt(session, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "setsockopt");
      sessions_.push_back(session);
    }
  }

  void obey() {
    std::array<char, 64> commands{};
    const ssize_t size = ::recv(control_, commands.data(), commands.size(), 0);
    ended_ = size == 0;
    for (ssize_t i = 0; i < size; ++i) {
      const char command = commands[static_cast<std::size_t>(i)];
      if (command == 'b') broadcast();
      checked(::send(control_, &command, 1, MSG_NOSIGNAL), "send");
    }
  }

  void broadcast() const {
    for (const int session : sessions_) {
      checked(::send(session, frame_.data(), frame_.size(), MSG_NOSIGNAL), "send to a session");
    }
  }

  std::string frame_;
  std::vector<int> sessions_;
  int epoll_ = checked(::epoll_create1(0), "epoll_create1");
  int session_listener_ = listen_as("sessions");
  int control_listener_ = listen_as("control");
  int control_ = -1;
  bool ended_ = false;
};

}  // namespace
}  // namespace tayori::bench

int main(int argc, char** argv) try {
  const std::string_view word = argc == 2 ? argv[1] : "";
  std::size_t frame_bytes = 0;
  std::from_chars(word.data(), word.data() + word.size(), frame_bytes);
  if (frame_bytes < 130 || frame_bytes > 65'539) {
    std::fputs("usage: bare_loop FRAME_BYTES (130 to 65539)\n", stderr);
    return 2;
  }
  tayori::bench::raise_open_files_limit();
  tayori::bench::BareLoop(frame_bytes).run();
  return 0;
} catch (const tayori::bench::Failure& failure) {
  std::fprintf(stderr, "bare_loop: %s\n", failure.what());
  return 1;
}
