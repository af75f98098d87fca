// PassphraseHash: what is stored of a passphrase, and the proof against it.
//
// Argon2id through libsodium, with its interactive cost unless told otherwise (tests tell). One hash takes tens of
// milliseconds and 64 MiB on purpose; rates (people/rate.h) bound how many are made.
//
// Threads: any.
// Source:  RFC 9106
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "text/answer.h"
#include "text/passphrase.h"

namespace retrochat {

struct PassphraseCost {
  std::uint64_t passes;
  std::size_t memory_bytes;

  static PassphraseCost interactive();
  /// The least that Argon2id takes: for tests.
  static PassphraseCost least();
};

/// libsodium's "$argon2id$..." form with a random salt. trouble when memory is short.
Answer<std::string> hash_passphrase(const Passphrase& passphrase, PassphraseCost cost);

/// Whether `hash` was made of `passphrase`; false for an empty or malformed hash.
[[nodiscard]] bool is_made_of(const std::string& hash, const Passphrase& passphrase);

}  // namespace retrochat
