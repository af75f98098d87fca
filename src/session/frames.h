// Frames of the protocol, as text: what a page says, and what a page is told besides messages.
//
// Pure. Every transport carries the same texts.
//
// Threads: any.
// Source:  spec/protocol.md 2, spec/vectors/frames.json
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tayori/cursor.h"
#include "tayori/result.h"

namespace tayori::session {

/// A page's frame is refused beyond this many bytes.
inline constexpr std::size_t kPageFrameBytes = 32'768;
/// The longest that the answer to a poll is held, below what proxies wait for.
inline constexpr std::chrono::seconds kLongestWait{25};

/// How a page asks to be let in, or to go on.
struct Opening {
  std::string token;
  /// The place to go on from, if not at the token's bookmark.
  std::optional<Cursor> cursor = {};
  /// The word of the last `o`; empty when the page says that it has none yet.
  std::optional<std::string> session = {};
  /// How long the answer to a poll may be held.
  std::optional<std::chrono::seconds> wait = {};
};

/// `json` as an opening; invalid_json, invalid_cursor, invalid_request or payload_too_large.
Result<Opening> parse_opening(std::string_view json);

/// What a page said.
struct PageFrame {
  enum class Kind { token, heartbeat, close, handled };
  Kind kind = Kind::heartbeat;
  /// Of a token frame only.
  Opening opening = {};
  /// Of `handled` only: everything up to here.
  Sequence handled = {};
};

/// `text` as a page's frame; protocol_error, or as parse_opening().
Result<PageFrame> parse_page_frame(std::string_view text);

/// What `o` tells.
struct Opened {
  std::string session;
  Cursor cursor;
  bool recovered = true;
  std::chrono::seconds heartbeat{25};
  std::chrono::seconds expires_in{0};
};

std::string opened_frame(const Opened& opened);
std::string gap_frame(const Cursor& from, const Cursor& to);
/// Why a page is let go, and in which words it is told.
struct Farewell {
  ErrorCode code;
  /// Empty for the description of the code.
  std::string why = {};

  // NOLINTNEXTLINE(*-explicit-*): most are a code and nothing else
  Farewell(ErrorCode because, std::string words = {}) : code(because), why(std::move(words)) {}
};
std::string error_frame(const Farewell& farewell);
/// What a page is told that broke RFC 6455 in the way that has `close_code`.
ErrorCode violation_of(std::uint16_t close_code);
inline constexpr std::string_view kHeartbeatFrame = "h";
/// Asks a page how far it has come.
inline constexpr std::string_view kAskFrame = "a";

}  // namespace tayori::session
