// FarTokens: the tokens that a separate Tayori makes, and whose they are.
//
// Tayori tells nobody whose a token is, so those that were made are remembered here, by their hashes: the newest
// `limit`. A page whose token is not remembered, as after a restart of the chat, is given a new one, which costs
// nothing but that.
//
// A page waits for its token, so a Tayori that does not answer is not asked again for a second: whoever comes
// meanwhile is told at once, instead of one after the other holding a thread until its time is over.
//
// Threads: any.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "store/clock.h"
#include "tayori/channel.h"
#include "tayori/result.h"

namespace retrochat {

class FarTokens {
 public:
  using Create = std::function<tayori::Result<tayori::Channel>(const tayori::ClientId&,
                                                               const tayori::ChannelOptions&)>;

  FarTokens(Create create, Clock clock, std::size_t limit);

  tayori::Result<tayori::Channel> create(const tayori::ClientId& who,
                                         const tayori::ChannelOptions& options);
  /// invalid_token when it is not remembered.
  [[nodiscard]] tayori::Result<tayori::ClientId> client_of(std::string_view token) const;
  /// Those of `who` are void from now on.
  void forget(const tayori::ClientId& who);
  void forget_all();

 private:
  void remember(const std::string& token, const tayori::ClientId& who);
  void drop_oldest();

  const Create create_;
  const Clock clock_;
  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::map<std::string, tayori::ClientId, std::less<>>
      holders_;                                          // Guarded by mutex_, as is all below.
  std::multimap<tayori::ClientId, std::string> hashes_;  // The same, the other way round.
  std::deque<std::string> in_order_;                     // Hashes; some may have been forgotten.
  TimePoint not_before_{};
};

}  // namespace retrochat
