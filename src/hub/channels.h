// Channels: makes the tokens that open channels, and reads them.
//
// A token is a bookmark: it carries the head of the log at its making, so that a page opened with it gets
// everything sent since.
//
// The keys may be replaced while tokens are made and read: each call uses those that it found.
//
// Threads: any.
// Source:  docs/explanation/log.md; spec/protocol.md 1
#pragma once

#include <mutex>
#include <string_view>
#include <utility>

#include "access/token.h"
#include "base/clock.h"
#include "base/current.h"
#include "base/random.h"
#include "tayori/channel.h"
#include "tayori/result.h"

namespace tayori::hub {

class Channels {
 public:
  Channels(access::Tokens tokens, const base::Clock& clock, base::Random random);

  /// A fresh token, different at every call; invalid_duration, invalid_group.
  Result<Channel> create(const ClientId& client_id, const ChannelOptions& options,
                         const Cursor& head);

  /// What a token says; invalid_token, token_timed_out.
  [[nodiscard]] Result<access::TokenClaims> read(std::string_view token) const;

  /// Makes and reads tokens with the keys of `tokens` from now on. What is open stays open.
  void replace_keys(access::Tokens tokens) { tokens_.replace(std::move(tokens)); }

 private:
  /// Characters of a token's id: 83 bits.
  static constexpr std::size_t kIdLength = 16;

  base::Current<access::Tokens> tokens_;
  const base::Clock& clock_;
  std::mutex mutex_;
  base::Random random_;  // guarded by mutex_
};

}  // namespace tayori::hub
