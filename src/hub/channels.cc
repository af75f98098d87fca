#include "hub/channels.h"

#include <utility>

#include "tayori/limits.h"

namespace tayori::hub {

Channels::Channels(access::Tokens tokens, const base::Clock& clock, base::Random random)
    : tokens_(std::move(tokens)), clock_(clock), random_(std::move(random)) {}

Result<Channel> Channels::create(const ClientId& client_id, const ChannelOptions& options,
                                 const Cursor& head) {
  const auto duration = options.duration.value_or(limits::kTokenLifeDefault);
  if (duration < limits::kTokenLifeMin || duration > limits::kTokenLifeMax) {
    return ErrorCode::invalid_duration;
  }
  if (options.groups.size() > limits::kGroupsPerClient) return ErrorCode::invalid_group;

  access::TokenClaims claims{.client_id = client_id,
                             .issued_at = clock_.wall(),
                             .expires_at = {},
                             .id = {},
                             .bookmark = head,
                             .groups = options.groups,
                             .policy = options.policy};
  // Whole seconds, as the token has them, so that the answer and the token say the same.
  claims.expires_at = std::chrono::floor<std::chrono::seconds>(claims.issued_at) + duration;
  {
    const std::scoped_lock lock(mutex_);
    claims.id = random_.word(kIdLength);
  }
  Channel channel{.token = tokens_.get()->sign(claims),
                  .client_id = client_id,
                  .expires_at = claims.expires_at};
  // Names of quotes and backslashes take twice their bytes.
  if (channel.token.size() > access::Tokens::kBytesMax) {
    return Error::of(ErrorCode::invalid_group, "The groups' names do not fit into a token.");
  }
  return channel;
}

Result<access::TokenClaims> Channels::read(std::string_view token) const {
  return tokens_.get()->verify(token, clock_.wall());
}

}  // namespace tayori::hub
