// BrowserEnd: the browser's end of a WebSocket connection, or of another, for tests.
//
// One end of a socket pair, of which a connection of ours adopts the other. What one end of a UNIX
// pipe has written the other can read at once, so that a test on one thread never waits. With
// Pipe::packets every write of the server stays a packet of its own: so a test counts writes.
//
// Threads: one at a time.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <cerrno>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "net/loop.h"
#include "net/masked_frame.h"
#include "net/socket.h"
#include "net/websocket_codec.h"

namespace tayori::session {

/// A frame that the browser got.
struct BrowserFrame {
  net::Opcode opcode;
  std::string data;

  /// A close frame's code; 1005 when it has none.
  [[nodiscard]] int close_code() const {
    if (data.size() < 2) return 1005;
    return static_cast<unsigned char>(data[0]) << 8 | static_cast<unsigned char>(data[1]);
  }
  friend bool operator==(const BrowserFrame&, const BrowserFrame&) = default;
  friend std::ostream& operator<<(std::ostream& out, const BrowserFrame& frame) {
    return out << static_cast<int>(frame.opcode) << " \"" << frame.data.substr(0, 200) << '"';
  }
};

class BrowserEnd {
 public:
  /// `tcp` is loopback, with all that TCP adds: resets, and bytes under way.
  enum class Pipe : std::uint8_t { stream, packets, tcp };
  /// `orderly`: the server ended its side; `reset`: it cut the connection, bytes of ours unread.
  enum class End { none, orderly, reset };

  explicit BrowserEnd(Pipe pipe = Pipe::stream) {
    if (pipe == Pipe::tcp) {
      connect();
      return;
    }
    const int type = pipe == Pipe::stream ? SOCK_STREAM : SOCK_SEQPACKET;
    std::array<int, 2> ends{};
    const int made = ::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends.data());
    CHECK(made == 0, "a test has file descriptors enough");
    handle_ = ends[0];
    server_handle_ = ends[1];
  }
  ~BrowserEnd() {
    hang_up();
    if (server_handle_ >= 0) ::close(server_handle_);
  }
  BrowserEnd(const BrowserEnd&) = delete;
  BrowserEnd& operator=(const BrowserEnd&) = delete;

  /// Makes the pipe towards the browser as narrow as the kernel allows. REQUIRES: before
  /// server_end().
  void narrow() {
    const int bytes = 1;
    const int set = ::setsockopt(server_handle_, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
    CHECK(set == 0, "a buffer's size may be asked for");
  }
  /// The server's end, as an accepted socket of `loop`. REQUIRES: called once.
  [[nodiscard]] net::Socket server_end(net::Loop& loop) {
    return {loop.context().get_executor(), boost::asio::ip::tcp::v4(),
            std::exchange(server_handle_, -1)};
  }

  void say(std::string_view text) { write(masked(net::Opcode::text, text)); }
  void ping(std::string_view data) { write(masked(net::Opcode::ping, data)); }
  void close(std::uint16_t code) {
    write(masked(net::Opcode::close, net::close_frame(code).substr(2)));
  }
  /// Bytes as they are. What the server does not take any more is lost, as with any browser.
  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::send(handle_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count < 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  /// Is gone without a word.
  void hang_up() {
    if (handle_ >= 0) ::close(std::exchange(handle_, -1));
  }

  /// Reads what has come, at most about `bytes` of it; returns how many bytes there were.
  std::size_t read(std::size_t bytes = SIZE_MAX) {
    std::size_t sum = 0;
    while (sum < bytes && receive(MSG_DONTWAIT)) sum += last_read_;
    return sum;
  }
  /// The whole frames among what was read, and is there to be read, since the last call.
  std::vector<BrowserFrame> frames() {
    read();
    return read_frames();
  }
  /// The whole frames among what was read since the last call.
  std::vector<BrowserFrame> read_frames() {
    std::vector<BrowserFrame> frames;
    while (auto frame = take_frame()) frames.push_back(std::move(*frame));
    return frames;
  }
  /// The texts among frames().
  std::vector<std::string> texts() {
    std::vector<std::string> texts;
    for (BrowserFrame& frame : frames()) {
      if (frame.opcode == net::Opcode::text) texts.push_back(std::move(frame.data));
    }
    return texts;
  }
  /// Waits for the next frame, for a test whose server runs on another thread. Nothing at the end.
  std::optional<BrowserFrame> wait_frame() {
    while (true) {
      if (auto frame = take_frame()) return frame;
      if (!receive(0)) return std::nullopt;
    }
  }

  /// How the server's side has ended, as far as was read.
  [[nodiscard]] End end() const { return end_; }
  /// How often the server has written, as far as was read. REQUIRES: Pipe::packets.
  [[nodiscard]] std::size_t writes() const { return reads_; }
  /// All that has come, as it came: for what is no WebSocket.
  std::string take_bytes() {
    read();
    return std::exchange(unread_, {});
  }
  /// Bytes of a frame that has not come whole.
  [[nodiscard]] std::size_t unread() const { return unread_.size(); }

  static std::string masked(net::Opcode opcode, std::string_view payload) {
    return net::masked_frame(payload, {.opcode = static_cast<std::uint8_t>(opcode)});
  }

 private:
  void connect() {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    CHECK(::bind(listener, any, size) == 0 && ::listen(listener, 1) == 0, "loopback has ports");
    ::getsockname(listener, any, &size);
    handle_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(::connect(handle_, any, size) == 0, "the listener's queue has room for one");
    server_handle_ = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    ::close(listener);
  }

  bool receive(int flags) {
    if (handle_ < 0 || end_ != End::none) return false;
    buffer_.resize(1'048'576);
    const ssize_t count = ::recv(handle_, buffer_.data(), buffer_.size(), flags);
    if (count < 0 && errno == EAGAIN) return false;
    if (count <= 0) {
      end_ = count == 0 ? End::orderly : End::reset;
      return false;
    }
    last_read_ = static_cast<std::size_t>(count);
    unread_.append(buffer_.data(), last_read_);
    ++reads_;
    return true;
  }

  std::optional<BrowserFrame> take_frame() {
    const auto byte = [this](std::size_t i) { return static_cast<unsigned char>(unread_[i]); };
    if (unread_.size() < 2) return std::nullopt;
    CHECK((byte(0) & 0xF0U) == 0x80U, "a server's frame is final, without reserved bits");
    CHECK(byte(1) <= 127, "a server masks nothing");
    const std::size_t length_bytes = byte(1) == 127 ? 8 : byte(1) == 126 ? 2 : 0;
    if (unread_.size() < 2 + length_bytes) return std::nullopt;
    std::size_t size = length_bytes == 0 ? byte(1) : 0;
    for (std::size_t i = 0; i < length_bytes; ++i) size = size << 8U | byte(2 + i);
    if (unread_.size() - 2 - length_bytes < size) return std::nullopt;
    BrowserFrame frame{static_cast<net::Opcode>(byte(0) & 0x0FU),
                       unread_.substr(2 + length_bytes, size)};
    unread_.erase(0, 2 + length_bytes + size);
    return frame;
  }

  int handle_ = -1;
  int server_handle_ = -1;
  End end_ = End::none;
  std::size_t reads_ = 0;
  std::size_t last_read_ = 0;
  std::string buffer_;
  std::string unread_;
};

}  // namespace tayori::session
