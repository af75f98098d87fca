// Requests with a few bytes changed, in every shape of arrival: whatever they have become, the reader neither
// falls over nor makes something else of them when they come in pieces.

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "net/http_reading.h"

namespace tayori::net {
namespace {

constexpr std::array<std::string_view, 5> kSeeds{
    "GET /a?b=c HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
    "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello"
    "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
    "POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n0A\r\n"
    "0123456789\r\n0\r\nTrailer: t\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET http://h/%41?x HTTP/1.0\r\nConnection: keep-alive\r\nUpgrade: websocket\r\n\r\n\r\n"
    "HEAD / HTTP/1.1\r\nHost: [::1]:80\r\nA: b\r\nA:\tc \r\n\r\n",
    "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\nPOST / HTTP/1.1\r\nHost: h\r\n"
    "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
};

/// What mutations put in: bytes at which readers of HTTP are known to differ.
// clang-format off
constexpr std::array<std::string_view, 24> kPieces{
    "\r", "\n", "\r\n", "\r\n\r\n", "\r\n ", " ", "\t", ":", ";", "\"", ",", "+", "-", "%", "/", "0", "5", "f",
    std::string_view("\0", 1), "\x7f", "\xff",
    "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "chunked"};
// clang-format on

std::string mutated(base::Random& random) {
  std::string bytes(kSeeds.at(random.below(kSeeds.size())));
  for (std::uint64_t changes = 1 + random.below(3); changes > 0; --changes) {
    const std::size_t at = random.below(bytes.size());
    const std::string_view piece = kPieces.at(random.below(kPieces.size()));
    switch (random.below(4)) {
      case 0: bytes.replace(at, 1, piece); break;
      case 1: bytes.insert(at, piece); break;
      case 2: bytes.erase(at, 1 + random.below(4)); break;
      default: bytes[at] = static_cast<char>(bytes[at] ^ (1U << random.below(8))); break;
    }
    if (bytes.empty()) bytes = "\r\n";
  }
  return bytes;
}

bool is_refusal(const std::string& line) { return line.starts_with("refused"); }

/// Whether both saw the same requests. One of them may still wait where the other refuses: a head that comes in
/// pieces is looked at when its end has come, a chunk's line whenever there is more of it.
bool agree(HttpReading one, HttpReading other) {
  for (HttpReading* reading : {&one, &other}) {
    if (!reading->seen.empty() && is_refusal(reading->seen.back())) reading->seen.pop_back();
  }
  return one.seen == other.seen;
}

TEST(HttpReaderMutations, are_read_alike_whole_and_in_pieces) {
  base::Random random = base::Random::seeded(20101219);
  const HttpLimits limits{.head_bytes = 256, .head_fields = 8, .body_bytes = 64};
  for (int round = 0; round < 20'000; ++round) {
    const std::string bytes = mutated(random);
    const HttpReading whole = read_in_pieces(bytes, bytes.size(), limits);
    const HttpReading by_bytes = read_in_pieces(bytes, 1, limits);
    const HttpReading by_some = read_in_pieces(bytes, 2 + random.below(20), limits);
    ASSERT_TRUE(agree(by_bytes, whole)) << bytes;
    ASSERT_TRUE(agree(by_some, whole)) << bytes;
    ASSERT_LE(by_bytes.kept, limits.head_bytes) << bytes;
  }
}

}  // namespace
}  // namespace tayori::net
