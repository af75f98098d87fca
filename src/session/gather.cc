#include "session/gather.h"

#include <algorithm>
#include <array>
#include <span>

namespace tayori::session {
namespace {

/// Parts of one gather write. More frames than this in one turn take a second write; 64 of them fill what a
/// socket takes at once in most cases.
constexpr std::size_t kParts = 64;

/// One gather write of `parts`.
Written offer(std::span<const iovec> parts, net::StreamConnection& connection) {
  std::size_t offered = 0;
  for (const iovec& part : parts) offered += part.iov_len;
  const std::size_t taken = connection.write(parts);
  return {.bytes = taken, .is_blocked = taken < offered};
}

}  // namespace

Written write_some(Outbox& outbox, net::StreamConnection& connection) {
  std::array<iovec, kParts> parts;  // NOLINT(*-member-init): gather fills what is used
  const std::size_t filled = outbox.gather(parts);
  const Written written = offer({parts.data(), filled}, connection);
  outbox.consume(written.bytes);
  return written;
}

Written write_some(std::string& ahead, Outbox& outbox, net::StreamConnection& connection) {
  if (ahead.empty()) return write_some(outbox, connection);
  std::array<iovec, kParts> parts;  // NOLINT(*-member-init): gather fills what is used
  parts[0] = {ahead.data(), ahead.size()};
  const std::size_t filled = 1 + outbox.gather(std::span(parts).subspan(1));
  const Written written = offer({parts.data(), filled}, connection);
  const std::size_t of_ahead = std::min(written.bytes, ahead.size());
  ahead.erase(0, of_ahead);
  outbox.consume(written.bytes - of_ahead);
  return written;
}

std::string rest_of(const Outbox& outbox) {
  std::string rest;
  std::array<iovec, kParts> parts;  // NOLINT(*-member-init): gather fills what is used
  const std::size_t left = outbox.gather(parts);
  for (std::size_t i = 0; i < left; ++i)
    rest.append(static_cast<const char*>(parts[i].iov_base), parts[i].iov_len);
  return rest;
}

}  // namespace tayori::session
