// FarTayori: a Tayori that runs by itself, in the place of one inside this program.
//
//   FarTayori far({.url = "http://127.0.0.1:8081", .key = key}, complain);
//   const auto script = far.find({}, wait);             // where pages take their channel from
//   auto chat = Chat::open(options, far.push());
//   far.attach({.presence = ..., .inhabited = ...});     // from here on the two hear of each other
//
// Whatever was not told to Tayori when the chat or Tayori stopped is made good by asking: at attach(), and when Tayori's log has begun
// anew, the pages of each room that somebody is in are told to ask what they missed.
//
// Threads: set up only (find, attach, detach); any (what push() gives).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pages/channel_script.h"
#include "rooms/push.h"
#include "tayori/server_facts.h"

namespace retrochat {

struct FarTayoriOptions {
  /// Of its internal listener.
  std::string url;
  /// Its internal.api_key; empty for none.
  std::string key;
};

/// What the chat gives to be told, and to be asked.
struct FarListener {
  std::function<void(const tayori::PresenceEdge&)> presence;
  /// The groups of the rooms that somebody is in.
  std::function<std::vector<tayori::GroupName>()> inhabited;
};

class FarTayori {
 public:
  using Complain = std::function<void(std::string_view)>;

  FarTayori(FarTayoriOptions options, Complain complain);
  ~FarTayori();
  FarTayori(const FarTayori&) = delete;
  FarTayori& operator=(const FarTayori&) = delete;

  /// Asks it where pages find it, again and again while `wait`, which is told why, says to go on. `public_url` counts before
  /// what it says of itself, unless empty. The string says why there is none.
  [[nodiscard]] std::variant<ChannelScript, std::string> find(
      const std::string& public_url, const std::function<bool(const std::string& why)>& wait) const;

  /// Valid as long as this is.
  [[nodiscard]] Push push();

  /// Begins to carry pushes out and presence in; to be called before anybody can come. Asks once who is here.
  void attach(FarListener listener);
  /// Ends both, and calls the listener no more.
  void detach();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// find() without a network: `ask` is the call. A Tayori that answers with a refusal is not asked again.
[[nodiscard]] std::variant<ChannelScript, std::string> find_channel_script(
    const std::function<tayori::Result<tayori::ServerFacts>()>& ask, const std::string& public_url,
    const std::function<bool(const std::string& why)>& wait);

}  // namespace retrochat
