#include "outgoing/public_address.h"

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>

namespace retrochat {
namespace {

struct Block4 {
  std::uint32_t first;
  int bits;
};
constexpr std::array<Block4, 15> kNotPublic4{{{0x00000000, 8},    // this network
                                              {0x0A000000, 8},    // private
                                              {0x64400000, 10},   // shared, carriers' NAT
                                              {0x7F000000, 8},    // loopback
                                              {0xA9FE0000, 16},   // link-local, clouds' metadata
                                              {0xAC100000, 12},   // private
                                              {0xC0000000, 24},   // protocol assignments
                                              {0xC0000200, 24},   // documentation
                                              {0xC0586300, 24},   // 6to4 relays
                                              {0xC0A80000, 16},   // private
                                              {0xC6120000, 15},   // benchmarking
                                              {0xC6336400, 24},   // documentation
                                              {0xCB007100, 24},   // documentation
                                              {0xE0000000, 4},    // multicast
                                              {0xF0000000, 4}}};  // reserved, broadcast

bool is_public4(std::uint32_t address) {
  return std::ranges::none_of(kNotPublic4, [address](const Block4& block) {
    return ((address ^ block.first) >> (32 - block.bits)) == 0;
  });
}

/// Only 2000::/3 is given out; of it the blocks below are not for the public, or carry IPv4 addresses.
bool is_public6(std::span<const std::uint8_t, 16> a) {
  if ((a[0] & 0xE0U) != 0x20U) return false;
  const bool is_protocol_or_teredo = a[0] == 0x20 && a[1] == 0x01 && a[2] < 0x02;
  const bool is_documentation = a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0D && a[3] == 0xB8;
  const bool is_6to4 = a[0] == 0x20 && a[1] == 0x02;
  const bool is_documentation_too = a[0] == 0x3F && a[1] == 0xFF && a[2] < 0x10;
  return !is_protocol_or_teredo && !is_documentation && !is_6to4 && !is_documentation_too;
}

}  // namespace

bool is_public(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address, sizeof in);
    return is_public4(ntohl(in.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 in{};
    std::memcpy(&in, &address, sizeof in);
    return is_public6(std::span<const std::uint8_t, 16>(in.sin6_addr.s6_addr));
  }
  return false;
}

}  // namespace retrochat
