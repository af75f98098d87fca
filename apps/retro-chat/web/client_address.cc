#include "web/client_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <ranges>

namespace retrochat {
namespace {

using Bytes = Network::Bytes;

constexpr int kBits4 = 32;
constexpr int kBits6 = 128;
constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool is_mapped(const Bytes& address) {
  return std::equal(kMapped.begin(), kMapped.end(), address.begin());
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<Bytes> parse_address(std::string_view text) {
  const std::string copy(text);
  Bytes bytes{};
  if (::inet_pton(AF_INET6, copy.c_str(), bytes.data()) == 1) return bytes;
  std::ranges::copy(kMapped, bytes.begin());
  if (::inet_pton(AF_INET, copy.c_str(), bytes.data() + kMapped.size()) == 1) return bytes;
  return std::nullopt;
}

/// "[2001:db8::1]:443", "[2001:db8::1]" and "192.0.2.1:443" without what is around the address; some proxies write so.
std::string_view without_port(std::string_view text) {
  if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
  const std::size_t colon = text.find(':');
  return colon == text.rfind(':') ? text.substr(0, colon) : text;
}

std::string text_of(const Bytes& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (is_mapped(address))
    return ::inet_ntop(AF_INET, address.data() + kMapped.size(), text.data(), text.size());
  Bytes block = address;
  std::fill(block.begin() + 8, block.end(), std::uint8_t{0});
  return std::string(::inet_ntop(AF_INET6, block.data(), text.data(), text.size())) + "/64";
}

/// What stands in all fields of that name, from the right.
std::vector<std::string_view> forwarded_for(const tayori::HttpRequest& request) {
  const auto is_named = [](std::string_view name) {
    return std::ranges::equal(name, std::string_view("x-forwarded-for"), {},
                              [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  };
  std::vector<std::string_view> all;
  for (const auto& field : std::views::reverse(request.fields)) {
    if (!is_named(field.name)) continue;
    std::string_view rest = field.value;
    while (true) {
      const std::size_t comma = rest.rfind(',');
      const std::size_t first = comma == std::string_view::npos ? 0 : comma + 1;
      all.push_back(without_port(trimmed(rest.substr(first))));
      if (comma == std::string_view::npos) break;
      rest = rest.substr(0, comma);
    }
  }
  return all;
}

}  // namespace

std::optional<Network> Network::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = parse_address(text.substr(0, slash));
  if (!address) return std::nullopt;
  const int bits_before = is_mapped(*address) ? kBits6 - kBits4 : 0;
  Network network;
  network.first_ = *address;
  network.bits_ = kBits6;
  if (slash == std::string_view::npos) return network;
  int bits = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + slash + 1, end, bits);
  const bool is_good = read.ec == std::errc{} && read.ptr == end && bits >= 0;
  if (!is_good || bits > kBits6 - bits_before) return std::nullopt;
  network.bits_ = bits_before + bits;
  return network;
}

bool Network::holds(const Bytes& address) const {
  const auto whole = static_cast<std::size_t>(bits_ / 8);
  if (!std::equal(first_.begin(), first_.begin() + static_cast<std::ptrdiff_t>(whole),
                  address.begin()))
    return false;
  const int rest = bits_ % 8;
  return rest == 0 || ((first_[whole] ^ address[whole]) >> (8 - rest)) == 0;
}

bool ClientAddress::is_trusted(const Network::Bytes& address) const {
  return std::ranges::any_of(trusted_proxies_,
                             [&](const Network& each) { return each.holds(address); });
}

std::string ClientAddress::of(const tayori::HttpRequest& request) const {
  auto client = parse_address(request.peer);
  if (!client) return request.peer;
  if (!is_trusted(*client)) return text_of(*client);
  for (const std::string_view each : forwarded_for(request)) {
    const auto further = parse_address(each);
    // A proxy that tells no address ("unknown") is as far as can be seen.
    if (!further) break;
    client = further;
    if (!is_trusted(*client)) break;
  }
  return text_of(*client);
}

}  // namespace retrochat
