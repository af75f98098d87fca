#include "access/token_key.h"

#include "base/check.h"

namespace tayori::access {
namespace {

constexpr std::size_t kKidDigits = 8;

Error too_short(std::string_view which) {
  return Error::of(ErrorCode::invalid_request, "The " + std::string(which) +
                                                   " token key has fewer than " +
                                                   std::to_string(kTokenKeyBytes) + " bytes.");
}

}  // namespace

TokenKey::TokenKey(std::string_view bytes)
    : kid_(base::hex(base::sha256(bytes)).substr(0, kKidDigits)), hmac_(bytes) {
  CHECK(bytes.size() >= kTokenKeyBytes, "TokenKeys refuses shorter keys");
}

Result<TokenKeys> TokenKeys::of(const std::string& current,
                                const std::optional<std::string>& previous) {
  if (current.size() < kTokenKeyBytes) return too_short("current");
  if (previous && previous->size() < kTokenKeyBytes) return too_short("previous");
  std::optional<TokenKey> older;
  if (previous && *previous != current) older.emplace(*previous);
  return TokenKeys(TokenKey(current), std::move(older));
}

const TokenKey* TokenKeys::find(std::string_view kid) const {
  if (kid == current_.kid()) return &current_;
  if (previous_ && kid == previous_->kid()) return &*previous_;
  return nullptr;
}

}  // namespace tayori::access
