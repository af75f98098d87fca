#include "session/gather.h"

#include <array>

namespace tayori::session {
namespace {

/// Parts of one gather write. More frames than this in one turn take a second write; 64 of them fill what a
/// socket takes at once in most cases.
constexpr std::size_t kParts = 64;

}  // namespace

Written write_some(Outbox& outbox, net::StreamConnection& connection) {
  std::array<iovec, kParts> parts;  // NOLINT(*-member-init): gather fills what is used
  const std::size_t filled = outbox.gather(parts);
  std::size_t offered = 0;
  for (std::size_t i = 0; i < filled; ++i) offered += parts[i].iov_len;
  const std::size_t taken = connection.write({parts.data(), filled});
  outbox.consume(taken);
  return {.bytes = taken, .is_blocked = taken < offered};
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
