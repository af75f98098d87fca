// WebSocketReader gives the same events for the same bytes, however they are cut, and keeps its
// promises on each.
#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/utf8.h"
#include "input.h"
#include "net/websocket_codec.h"

namespace {

namespace base = tayori::base;
namespace fuzz = tayori::fuzz;
using tayori::net::WebSocketLimits;
using tayori::net::WebSocketReader;
using Kind = WebSocketReader::Event::Kind;

struct Seen {
  Kind kind;
  std::string data;
  std::uint16_t close_code;
  friend bool operator==(const Seen&, const Seen&) = default;
};

void check_event(const WebSocketReader::Event& event, const WebSocketLimits& limits) {
  switch (event.kind) {
    case Kind::text: CHECK(base::is_utf8(event.data), "text is UTF-8"); [[fallthrough]];
    case Kind::binary: CHECK(event.data.size() <= limits.message, "messages are bounded"); break;
    case Kind::close: CHECK(base::is_utf8(event.data), "a reason is UTF-8"); [[fallthrough]];
    case Kind::ping:
    case Kind::pong: CHECK(event.data.size() <= 125, "control frames are short"); break;
    case Kind::violation:
      CHECK(event.close_code == 1002 || event.close_code == 1007 || event.close_code == 1009,
            "a violation is one of three");
      break;
  }
}

/// Feeds `bytes` in pieces whose sizes `piece` gives.
template <typename Piece>
std::vector<Seen> events(std::string_view bytes, const WebSocketLimits& limits, Piece piece) {
  WebSocketReader reader(limits);
  std::vector<Seen> seen;
  while (!bytes.empty()) {
    const std::size_t size = std::min(piece(), bytes.size());
    // Memory of its own for each piece, so that reading past its end is found.
    std::vector<char> buffer(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    bytes.remove_prefix(size);
    std::span<char> input(buffer);
    while (const auto event = reader.next(input)) {
      const bool ended = !seen.empty() && seen.back().kind >= Kind::close;
      CHECK(!ended, "nothing follows a close or violation");
      check_event(*event, limits);
      seen.push_back({event->kind, std::string(event->data), event->close_code});
    }
    CHECK(input.empty(), "all of the input is taken");
    CHECK(reader.held_bytes() <= limits.message + 125 + 14, "what is held is bounded");
  }
  return seen;
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer names it
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes = fuzz::as_text(data, size);
  const std::uint8_t seed = fuzz::take_byte(bytes);
  const WebSocketLimits limits{.message = 300, .fragments = 4};
  const auto whole = events(bytes, limits, [&] { return bytes.size(); });
  std::minstd_rand random(seed);
  const auto cut = events(bytes, limits, [&] { return random() % (1U + seed % 16U) + 1; });
  CHECK(whole == cut, "cuts change nothing");
  return 0;
}
