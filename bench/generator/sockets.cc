#include "generator/sockets.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "generator/failure.h"

namespace tayori::bench {
namespace {

void set_option(const FileDescriptor& socket, int level, int option) {
  const int on = 1;
  checked(::setsockopt(socket.get(), level, option, &on, sizeof on), "setsockopt");
}

sockaddr_in loopback(std::uint8_t last, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + last);
  return address;
}

}  // namespace

FileDescriptor connect_to(std::uint16_t port, std::uint8_t source) {
  FileDescriptor socket(checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  set_option(socket, IPPROTO_TCP, TCP_NODELAY);
  // The port is then chosen at connect(), so that each source address has the whole range to
  // itself.
  set_option(socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT);
  const auto ours = loopback(source, 0);
  checked(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&ours), sizeof ours), "bind");
  const auto theirs = loopback(1, port);
  checked(::connect(socket.get(), reinterpret_cast<const sockaddr*>(&theirs), sizeof theirs),
          "connect");
  return socket;
}

void write_all(const FileDescriptor& socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written =
        checked(::send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL), "send");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace tayori::bench
