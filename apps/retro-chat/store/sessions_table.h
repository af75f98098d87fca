// SessionsTable: who is signed in with which cookie, the cookie known only by its hash.
//
// Threads: any.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "store/database.h"
#include "store/rows.h"

namespace retrochat {

using SessionHash = std::array<std::uint8_t, 32>;

class SessionsTable {
 public:
  explicit SessionsTable(Database& database) : database_(database) {}

  /// Beyond limits::kSessionsPerAccount the person's longest unused sessions end.
  Done add(const SessionHash& hash, AccountId account, TimePoint now);

  /// Whose session it is, or nothing; one unused since `oldest` counts for nothing. Notes the use, at most once an
  /// hour, as it costs a write.
  Answer<std::optional<Account>> use(const SessionHash& hash, TimePoint now, TimePoint oldest);

  /// No error when there is no such session.
  Done remove(const SessionHash& hash);

  /// Deletes all that are unused since `oldest`.
  Done remove_unused(TimePoint oldest);

 private:
  Database& database_;
};

}  // namespace retrochat
