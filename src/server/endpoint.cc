#include "server/endpoint.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <charconv>
#include <optional>

namespace tayori::server {

namespace {

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || problem != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return port;
}

bool is_ipv4_loopback(const in_addr& address) { return (ntohl(address.s_addr) >> 24) == 127; }

bool is_ipv6_loopback(const in6_addr& address) {
  if (IN6_IS_ADDR_LOOPBACK(&address)) return true;
  return IN6_IS_ADDR_V4MAPPED(&address) && address.s6_addr[12] == 127;
}

Error unlike_an_endpoint(std::string_view text) {
  return Error::of(ErrorCode::invalid_request,
                   "expected ADDRESS:PORT such as \"127.0.0.1:8080\", \"[::1]:8080\" or "
                   "\"0.0.0.0:8080\", found \"" +
                       std::string(text) + "\"");
}

}  // namespace

Result<Endpoint> Endpoint::parse(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return unlike_an_endpoint(text);
  const auto port = parse_port(text.substr(colon + 1));
  if (!port) return unlike_an_endpoint(text);

  std::string host(text.substr(0, colon));
  if (host == "localhost") host = "127.0.0.1";
  if (in_addr v4{}; inet_pton(AF_INET, host.c_str(), &v4) == 1) {
    return Endpoint(host, *port, is_ipv4_loopback(v4));
  }
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
    if (in6_addr v6{}; inet_pton(AF_INET6, host.c_str(), &v6) == 1) {
      return Endpoint(host, *port, is_ipv6_loopback(v6));
    }
  }
  return unlike_an_endpoint(text);
}

std::string Endpoint::text() const {
  const bool has_colon = host_.find(':') != std::string::npos;
  return (has_colon ? "[" + host_ + "]" : host_) + ":" + std::to_string(port_);
}

}  // namespace tayori::server
