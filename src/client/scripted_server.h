// ScriptedServer: the other end of a client's connections, which answers each request with what comes next in its script.
//
// Speaks bytes, so that it can also break off, and counts connections.
//
// Threads: any.
#pragma once

#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace tayori::client {

class ScriptedServer {
 public:
  struct Request {
    std::string path;
    /// Request line and fields.
    std::string head;
    std::string body;
    /// The number of its connection, from 0.
    std::size_t connection = 0;
  };
  /// The bytes to answer each request with; nothing to end its connection without a word.
  using Script = std::deque<std::optional<std::string>>;

  enum class From : std::uint8_t { now, later };

  /// Has a port of its own; until it listens, nobody is there.
  explicit ScriptedServer(From listening = From::now)
      : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
        end_(::eventfd(0, EFD_CLOEXEC)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    if (listening == From::now) listen();
  }
  ~ScriptedServer() {
    ::eventfd_write(end_, 1);
    if (thread_.joinable()) thread_.join();
    for (const Connection& each : connections_) ::close(each.socket);
    ::close(listener_);
    ::close(end_);
  }
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  void listen() {
    ::listen(listener_, 64);
    thread_ = std::thread([this] { run(); });
  }
  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  /// From here on; behind its end the server says nothing.
  void answer_with(Script script) {
    const std::scoped_lock lock(mutex_);
    script_ = std::move(script);
  }
  /// All that have come.
  [[nodiscard]] std::vector<Request> requests() const {
    const std::scoped_lock lock(mutex_);
    return requests_;
  }

  static std::string answer(int status, std::string_view json) {
    return "HTTP/1.1 " + std::to_string(status) + " Status\r\nContent-Type: application/json\r\n" +
           "Content-Length: " + std::to_string(json.size()) + "\r\n\r\n" + std::string(json);
  }

 private:
  struct Connection {
    int socket;
    std::size_t number;
    std::string received = {};
  };

  void run() {
    while (true) {
      std::vector<pollfd> waiting{{.fd = end_, .events = POLLIN, .revents = 0},
                                  {.fd = listener_, .events = POLLIN, .revents = 0}};
      for (const Connection& each : connections_)
        waiting.push_back({.fd = each.socket, .events = POLLIN, .revents = 0});
      ::poll(waiting.data(), waiting.size(), -1);
      if (waiting[0].revents != 0) return;
      for (std::size_t i = waiting.size(); i-- > 2;) {
        if (waiting[i].revents != 0 && !serve(connections_[i - 2])) {
          ::close(connections_[i - 2].socket);
          connections_.erase(connections_.begin() + static_cast<std::ptrdiff_t>(i - 2));
        }
      }
      if (waiting[1].revents != 0)
        connections_.push_back({::accept(listener_, nullptr, nullptr), accepted_++});
    }
  }

  /// Reads what is there and answers what is whole; false at the connection's end.
  bool serve(Connection& connection) {
    std::array<char, 65'536> buffer;  // NOLINT(*-member-init): recv fills what is used
    const ssize_t count = ::recv(connection.socket, buffer.data(), buffer.size(), 0);
    if (count <= 0) return false;
    connection.received.append(buffer.data(), static_cast<std::size_t>(count));
    const std::optional<Request> request = take(connection);
    if (!request) return true;
    const auto bytes = next_answer(*request);
    if (bytes) ::send(connection.socket, bytes->data(), bytes->size(), MSG_NOSIGNAL);
    return bytes.has_value();
  }

  std::optional<std::string> next_answer(const Request& request) {
    const std::scoped_lock lock(mutex_);
    requests_.push_back(request);
    if (script_.empty()) return "";
    auto answer = std::move(script_.front());
    script_.pop_front();
    return answer;
  }

  static std::optional<Request> take(Connection& connection) {
    std::string& bytes = connection.received;
    const std::size_t end = bytes.find("\r\n\r\n");
    const std::size_t stated = bytes.find("Content-Length: ");
    if (end == std::string::npos || stated > end) return std::nullopt;
    const std::size_t length = std::stoul(bytes.substr(stated + 16));
    if (bytes.size() < end + 4 + length) return std::nullopt;
    Request request{.path = {},
                    .head = bytes.substr(0, end + 2),
                    .body = bytes.substr(end + 4, length),
                    .connection = connection.number};
    bytes.erase(0, end + 4 + length);
    const std::size_t path = request.head.find(' ') + 1;
    request.path = request.head.substr(path, request.head.find(' ', path) - path);
    return request;
  }

  const int listener_;
  const int end_;
  std::uint16_t port_ = 0;
  std::size_t accepted_ = 0;
  std::vector<Connection> connections_;
  mutable std::mutex mutex_;
  Script script_;                  // under mutex_
  std::vector<Request> requests_;  // under mutex_
  std::thread thread_;
};

}  // namespace tayori::client
