#include "people/sessions.h"

#include <sodium.h>

#include <utility>

#include "text/limits.h"

namespace retrochat {
namespace {

/// Tells apart what is derived from one session's bits; the key of the hash is the bits themselves.
std::array<std::uint8_t, 32> derived(std::span<const std::uint8_t> bits, std::string_view purpose) {
  std::array<std::uint8_t, 32> result{};
  crypto_generichash(result.data(), result.size(),
                     reinterpret_cast<const unsigned char*>(purpose.data()), purpose.size(),
                     bits.data(), bits.size());
  return result;
}

std::string hexadecimal(std::span<const std::uint8_t> bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) text.append({kDigits[byte >> 4U], kDigits[byte & 0x0FU]});
  return text;
}

std::optional<std::uint8_t> digit_of(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  return std::nullopt;
}

}  // namespace

void secure_random(std::span<std::uint8_t> bytes) { randombytes_buf(bytes.data(), bytes.size()); }

SessionId SessionId::random(const RandomBytes& random) {
  SessionId id;
  random(id.bits_);
  return id;
}

std::optional<SessionId> SessionId::parse(std::string_view text) {
  SessionId id;
  if (text.size() != id.bits_.size() * 2) return std::nullopt;
  for (std::size_t i = 0; i < id.bits_.size(); ++i) {
    const auto high = digit_of(text[2 * i]);
    const auto low = digit_of(text[2 * i + 1]);
    if (!high || !low) return std::nullopt;
    id.bits_[i] = static_cast<std::uint8_t>((*high << 4U) | *low);
  }
  return id;
}

std::string SessionId::text() const { return hexadecimal(bits_); }

SessionHash SessionId::hash() const { return derived(bits_, "retrochat session in the store"); }

std::string SessionId::form_token() const {
  const auto token = derived(bits_, "retrochat form token");
  return hexadecimal(std::span(token).first<16>());
}

bool SessionId::is_form_token(std::string_view presented) const {
  const std::string expected = form_token();
  return presented.size() == expected.size() &&
         sodium_memcmp(presented.data(), expected.data(), expected.size()) == 0;
}

Sessions::Sessions(SessionsTable& table, Clock clock, RandomBytes random)
    : table_(table), clock_(std::move(clock)), random_(std::move(random)) {}

Answer<SessionId> Sessions::begin(const Account& account) {
  const TimePoint now = clock_();
  const auto swept = table_.remove_unused(now - limits::kSessionUnused);
  if (!swept) return swept.refusal();
  const SessionId id = SessionId::random(random_);
  const auto added = table_.add(id.hash(), account.id, now);
  if (!added) return added.refusal();
  return id;
}

Answer<std::optional<Account>> Sessions::use(const SessionId& id) {
  const TimePoint now = clock_();
  return table_.use(id.hash(), now, now - limits::kSessionUnused);
}

Done Sessions::end(const SessionId& id) { return table_.remove(id.hash()); }

}  // namespace retrochat
