// CookieKey: what the house's cookies are signed and sealed with.
//
// A session's cookie is signed: a made-up one is turned away before the store is asked. What travels through a browser
// and back (a sign-in under way) is sealed, so that it can be neither read nor altered there, and says until when and for
// what it is good. The key is kept beside the store; without it every session is over, and nothing else is lost.
//
// Threads: any, once made.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "people/sessions.h"
#include "store/clock.h"

namespace retrochat {

class CookieKey {
 public:
  /// `secret` has 256 bits of randomness at least, in whatever form.
  explicit CookieKey(std::string_view secret);

  /// What the session's cookie holds: the id, a dot, and its signature.
  [[nodiscard]] std::string sign(const SessionId& session) const;
  /// Nothing when it is malformed or another's signature. Compares in constant time.
  [[nodiscard]] std::optional<SessionId> session_of(std::string_view cookie) const;

  /// `text`, sealed for `purpose` until `end`, in letters that may stand in a cookie.
  [[nodiscard]] std::string seal(std::string_view purpose, std::string_view text, TimePoint end,
                                 const RandomBytes& random) const;
  /// Nothing when it was not sealed here, for something else, or its time is over.
  [[nodiscard]] std::optional<std::string> open(std::string_view purpose, std::string_view sealed,
                                                TimePoint now) const;

  /// What a form carries whose page came with `cookie`.
  [[nodiscard]] std::string form_token(std::string_view cookie) const;
  [[nodiscard]] bool is_form_token(std::string_view presented, std::string_view cookie) const;

 private:
  using Key = std::array<std::uint8_t, 32>;

  [[nodiscard]] std::string mac(std::string_view purpose, std::string_view text) const;

  Key signing_{};
  Key sealing_{};
};

}  // namespace retrochat
