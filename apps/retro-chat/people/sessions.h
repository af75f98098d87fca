// Sessions: who a browser is, by the cookie it carries.
//
// The cookie holds 256 random bits and their signature (people/cookie_key.h); the store holds their hash. From the same bits comes the session's form token,
// which every form carries: another site can make a browser send the cookie, but cannot know the token.
//
// Threads: any.
// Source:  OWASP Session Management and CSRF Prevention cheat sheets
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "store/clock.h"
#include "store/sessions_table.h"

namespace retrochat {

/// Fills the bytes with randomness that nobody can guess; given, so that tests may know it.
using RandomBytes = std::function<void(std::span<std::uint8_t>)>;

/// libsodium's randomness.
void secure_random(std::span<std::uint8_t> bytes);

class SessionId {
 public:
  static SessionId random(const RandomBytes& random);
  /// What text() gives, or nothing when it is malformed.
  static std::optional<SessionId> parse(std::string_view text);

  /// 64 hexadecimal digits.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] SessionHash hash() const;

  /// What forms of this session carry.
  [[nodiscard]] std::string form_token() const;
  /// Compares in constant time.
  [[nodiscard]] bool is_form_token(std::string_view presented) const;

 private:
  std::array<std::uint8_t, 32> bits_{};
};

class Sessions {
 public:
  Sessions(SessionsTable& table, Clock clock, RandomBytes random);

  /// A new session of `account`.
  Answer<SessionId> begin(const Account& account);

  /// Whose session it is; nothing when it ended, was unused for limits::kSessionUnused, or never was.
  Answer<std::optional<Account>> use(const SessionId& id);

  /// No error when it ended already.
  Done end(const SessionId& id);

 private:
  SessionsTable& table_;
  const Clock clock_;
  const RandomBytes random_;
};

}  // namespace retrochat
