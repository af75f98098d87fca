// Disconnected: what ending the sessions of a client id came to.
//
// Threads: any (plain values).
// Source:  spec/openapi.yaml (disconnect)
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "tayori/cursor.h"

namespace tayori {

/// What becomes of the tokens that the client id has been given until now.
enum class Tokens : std::uint8_t {
  keep,    ///< a page that is opened again gets in with its token
  revoke,  ///< none of them opens a channel any more; one made later does
};

struct DisconnectOptions {
  /// What the page is told: up to 256 bytes without control characters; empty for the error's own sentence.
  std::string reason = {};
  Tokens tokens = Tokens::keep;
};

struct Disconnected {
  Cursor cursor;
  /// How many were ended.
  std::size_t sessions = 0;
};

}  // namespace tayori
