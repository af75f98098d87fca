// LoopbackPeer: the other end of a connection, as a test holds it: bytes to 127.0.0.1 and back.
//
// Waits for conditions, never for time: each wait ends with its condition, and gives up far beyond what
// any of them takes. Where the loop under test runs on the test's own thread, `pump` gives it its turns
// while the peer waits.
//
// Threads: one at a time.
#pragma once

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace tayori::net {

class LoopbackPeer {
 public:
  using Pump = std::function<void()>;

  /// `receive_buffer` bytes, when not 0, make a peer behind which little fits.
  explicit LoopbackPeer(std::uint16_t port, Pump pump = {}, int receive_buffer = 0)
      : handle_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), pump_(std::move(pump)) {
    if (handle_ < 0) throw std::runtime_error("no socket");
    if (receive_buffer > 0) set(SOL_SOCKET, SO_RCVBUF, receive_buffer);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(handle_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      ::close(handle_);
      throw std::runtime_error("nobody listens on the port");
    }
    set(IPPROTO_TCP, TCP_NODELAY, 1);
    ::fcntl(handle_, F_SETFL, O_NONBLOCK);
  }
  LoopbackPeer(LoopbackPeer&& other) noexcept
      : handle_(std::exchange(other.handle_, -1)),
        pump_(std::move(other.pump_)),
        received_(std::move(other.received_)),
        has_ended_(other.has_ended_) {}
  LoopbackPeer(const LoopbackPeer&) = delete;
  LoopbackPeer& operator=(const LoopbackPeer&) = delete;
  LoopbackPeer& operator=(LoopbackPeer&&) = delete;
  ~LoopbackPeer() { close(); }

  /// Sends all of `bytes`; false when the other side is gone or takes no more within the deadline.
  bool send(std::string_view bytes) {
    return until([&] {
             bytes.remove_prefix(send_some(bytes));
             return bytes.empty() || has_ended_;
           }) &&
           bytes.empty();
  }
  /// How many bytes the kernel takes now.
  std::size_t send_some(std::string_view bytes) {
    const ssize_t sent = ::send(handle_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) has_ended_ = true;
    return sent < 0 ? 0 : static_cast<std::size_t>(sent);
  }

  /// Waits until `condition` holds, reading what comes; false at the deadline.
  template <typename Condition>
  bool until(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      turn();
    }
    return true;
  }
  /// Waits until `condition` holds or nothing more will come.
  template <typename Condition>
  bool until_or_end(Condition condition) {
    static_cast<void>(until([&] { return condition() || has_ended_; }));
    return condition();
  }
  /// Waits until the other side has closed.
  bool until_end() {
    return until([this] { return has_ended_; });
  }

  /// Everything received and not taken.
  [[nodiscard]] std::string& received() { return received_; }
  [[nodiscard]] bool has_ended() const { return has_ended_; }
  /// The connection was cut: what was on its way to here may be lost.
  [[nodiscard]] bool was_reset() const { return was_reset_; }

  /// Bytes that have come and were not read yet.
  [[nodiscard]] std::size_t waiting() const {
    int count = 0;
    ::ioctl(handle_, FIONREAD, &count);
    return static_cast<std::size_t>(count);
  }

  /// Says that nothing more will be sent; reads on.
  void finish() { ::shutdown(handle_, SHUT_WR); }
  void close() {
    if (handle_ >= 0) ::close(std::exchange(handle_, -1));
    has_ended_ = true;
  }
  /// Goes without a goodbye: the other side gets a reset.
  void reset() {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(handle_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close();
  }

  /// Lets the other side have its turn, and reads what has come.
  void turn() {
    if (pump_) pump_();
    if (!has_ended_ && read()) return;
    pollfd socket{.fd = has_ended_ ? -1 : handle_, .events = POLLIN, .revents = 0};
    ::poll(&socket, 1, pump_ ? 1 : 20);
  }

 private:
  void set(int level, int option, int value) {
    ::setsockopt(handle_, level, option, &value, sizeof value);
  }

  bool read() {
    std::array<char, 65'536> buffer;  // NOLINT(*-member-init): recv fills what is used
    const ssize_t count = ::recv(handle_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count > 0) received_.append(buffer.data(), static_cast<std::size_t>(count));
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    if (count < 0) was_reset_ = true;
    if (count <= 0) has_ended_ = true;
    return true;
  }

  int handle_;
  Pump pump_;
  std::string received_;
  bool has_ended_ = false;
  bool was_reset_ = false;
};

}  // namespace tayori::net
