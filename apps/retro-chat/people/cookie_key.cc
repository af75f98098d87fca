#include "people/cookie_key.h"

#include <sodium.h>

#include <charconv>
#include <chrono>
#include <span>

#include "people/base64.h"

namespace retrochat {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

template <typename Out>
void keyed_hash(Out& out, std::string_view text, std::span<const std::uint8_t> key) {
  crypto_generichash(out.data(), out.size(), bytes_of(text), text.size(), key.data(), key.size());
}

bool are_equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

}  // namespace

CookieKey::CookieKey(std::string_view secret) {
  Key master{};
  crypto_generichash(master.data(), master.size(), bytes_of(secret), secret.size(), nullptr, 0);
  keyed_hash(signing_, "retrochat cookies, signing", master);
  keyed_hash(sealing_, "retrochat cookies, sealing", master);
}

std::string CookieKey::mac(std::string_view purpose, std::string_view text) const {
  std::array<std::uint8_t, 16> tag{};
  std::string both(purpose);
  both.append("\n").append(text);
  keyed_hash(tag, both, signing_);
  return base64url({reinterpret_cast<const char*>(tag.data()), tag.size()});
}

std::string CookieKey::sign(const SessionId& session) const {
  const std::string id = session.text();
  return id + "." + mac("session", id);
}

std::optional<SessionId> CookieKey::session_of(std::string_view cookie) const {
  const std::size_t dot = cookie.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view id = cookie.substr(0, dot);
  if (!are_equal(cookie.substr(dot + 1), mac("session", id))) return std::nullopt;
  return SessionId::parse(id);
}

std::string CookieKey::seal(std::string_view purpose, std::string_view text, TimePoint end,
                            const RandomBytes& random) const {
  std::string plain = std::to_string(end.time_since_epoch().count());
  plain.append("\n").append(text);
  std::array<std::uint8_t, kNonce> nonce{};
  random(nonce);
  std::string sealed(reinterpret_cast<const char*>(nonce.data()), nonce.size());
  sealed.resize(kNonce + plain.size() + kTag);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      reinterpret_cast<unsigned char*>(sealed.data()) + kNonce, nullptr, bytes_of(plain),
      plain.size(), bytes_of(purpose), purpose.size(), nullptr, nonce.data(), sealing_.data());
  return base64url(sealed);
}

std::optional<std::string> CookieKey::open(std::string_view purpose, std::string_view sealed,
                                           TimePoint now) const {
  const auto bytes = from_base64url(sealed);
  if (!bytes || bytes->size() < kNonce + kTag) return std::nullopt;
  std::string plain(bytes->size() - kNonce - kTag, '\0');
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr, bytes_of(*bytes) + kNonce,
      bytes->size() - kNonce, bytes_of(purpose), purpose.size(), bytes_of(*bytes), sealing_.data());
  if (failed != 0) return std::nullopt;
  std::int64_t end = 0;
  const auto read = std::from_chars(plain.data(), plain.data() + plain.size(), end);
  if (now.time_since_epoch().count() >= end) return std::nullopt;
  return plain.substr(static_cast<std::size_t>(read.ptr - plain.data()) + 1);
}

std::string CookieKey::form_token(std::string_view cookie) const { return mac("form", cookie); }

bool CookieKey::is_form_token(std::string_view presented, std::string_view cookie) const {
  return are_equal(presented, form_token(cookie));
}

}  // namespace retrochat
