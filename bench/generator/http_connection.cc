#include "generator/http_connection.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>

#include "generator/deadline.h"
#include "generator/failure.h"
#include "generator/sockets.h"

namespace tayori::bench {

std::string post_request(std::string_view path, std::string_view key, std::string_view json) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " +
         std::string(key) +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(json.size()) +
         "\r\n\r\n" + std::string(json);
}

HttpConnection::HttpConnection(std::uint16_t port) : socket_(connect_to(port)) {}

void HttpConnection::write(std::string_view requests) { write_all(socket_, requests); }

std::vector<std::string> HttpConnection::take_answers(std::size_t count) {
  const Deadline deadline;
  std::vector<std::string> bodies;
  while (bodies.size() < count) {
    if (auto answer = reader_.take()) {
      if (answer->status != 200) throw Failure("the server answered: " + answer->body);
      bodies.push_back(std::move(answer->body));
    } else {
      receive();
      deadline.check(std::to_string(count) + " answers, got " + std::to_string(bodies.size()));
    }
  }
  return bodies;
}

void HttpConnection::receive() {
  std::array<char, 64 * 1024> buffer;  // NOLINT(*-member-init): recv() fills it
  const auto size = ::recv(socket_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (size < 0 && errno == EAGAIN) return;
  if (checked(size, "recv") == 0) throw Failure("the server closed a backend's connection");
  reader_.feed({buffer.data(), static_cast<std::size_t>(size)});
}

}  // namespace tayori::bench
