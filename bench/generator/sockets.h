// Sockets on loopback, as every part of the generator opens them.
//
// Threads: one.
#pragma once

#include <cstdint>
#include <string_view>

#include "generator/file_descriptor.h"

namespace tayori::bench {

/// A TCP connection from 127.0.0.`source` to 127.0.0.1:`port`, without Nagle's delay. `source` is 1
/// to 254.
FileDescriptor connect_to(std::uint16_t port, std::uint8_t source = 1);

/// Writes all of `bytes`, waiting when the socket is full.
void write_all(const FileDescriptor& socket, std::string_view bytes);

}  // namespace tayori::bench
