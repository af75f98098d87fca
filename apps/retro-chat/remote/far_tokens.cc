#include "remote/far_tokens.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <utility>

namespace retrochat {
namespace {

constexpr std::chrono::seconds kRest{1};

std::string hash(std::string_view token) {
  std::array<unsigned char, crypto_generichash_BYTES> bytes{};
  crypto_generichash(bytes.data(), bytes.size(),
                     reinterpret_cast<const unsigned char*>(token.data()),  // NOLINT(*-cast)
                     token.size(), nullptr, 0);
  return {bytes.begin(), bytes.end()};
}

}  // namespace

FarTokens::FarTokens(Create create, Clock clock, std::size_t limit)
    : create_(std::move(create)), clock_(std::move(clock)), limit_(limit) {}

tayori::Result<tayori::Channel> FarTokens::create(const tayori::ClientId& who,
                                                  const tayori::ChannelOptions& options) {
  {
    const std::lock_guard lock(mutex_);
    const TimePoint now = clock_();
    // A clock that was set back does not make the rest longer.
    if (now < not_before_ && not_before_ - now <= kRest)
      return tayori::Error::unanswered("Tayori did not answer just now.");
  }
  auto channel = create_(who, options);
  const std::lock_guard lock(mutex_);
  if (channel) {
    remember(channel->token, who);
  } else if (channel.error().is_unanswered) {
    not_before_ = clock_() + kRest;
  }
  return channel;
}

void FarTokens::remember(const std::string& token, const tayori::ClientId& who) {
  std::string key = hash(token);
  in_order_.push_back(key);
  hashes_.emplace(who, key);
  holders_.insert_or_assign(std::move(key), who);
  while (in_order_.size() > limit_) drop_oldest();
}

void FarTokens::drop_oldest() {
  if (const auto oldest = holders_.extract(in_order_.front())) {
    const auto [first, last] = hashes_.equal_range(oldest.mapped());
    const auto same = std::find_if(
        first, last, [&](const auto& each) { return each.second == in_order_.front(); });
    if (same != last) hashes_.erase(same);
  }
  in_order_.pop_front();
}

tayori::Result<tayori::ClientId> FarTokens::client_of(std::string_view token) const {
  const std::string key = hash(token);
  const std::lock_guard lock(mutex_);
  const auto found = holders_.find(key);
  if (found == holders_.end()) return tayori::ErrorCode::invalid_token;
  return found->second;
}

void FarTokens::forget(const tayori::ClientId& who) {
  const std::lock_guard lock(mutex_);
  const auto [first, last] = hashes_.equal_range(who);
  for (auto each = first; each != last; ++each) holders_.erase(each->second);
  hashes_.erase(first, last);
}

void FarTokens::forget_all() {
  const std::lock_guard lock(mutex_);
  holders_.clear();
  hashes_.clear();
  in_order_.clear();
}

}  // namespace retrochat
