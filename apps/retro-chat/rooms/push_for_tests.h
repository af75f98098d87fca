// A Push that notes what it is asked for, and gives tokens that can be read.
//
// Threads: one test's only.
#pragma once

#include <string>
#include <vector>

#include "rooms/push.h"

namespace retrochat {

class PushForTests {
 public:
  struct Sent {
    std::string group;
    std::string message;
  };

  std::vector<Sent> sent;
  /// Groups of each created channel.
  std::vector<std::string> groups;
  /// Client ids whose pages were ended.
  std::vector<std::string> disconnected;
  bool has_trouble = false;

  Push push() {
    return {[this](const tayori::ClientId& id, const tayori::ChannelOptions& options) {
              return create(id, options);
            },
            [this](const tayori::GroupName& group, const tayori::Payload& message) {
              sent.push_back({group.text(), message.text()});
            },
            [](std::string_view token) { return client_of(token); },
            [this](const tayori::ClientId& id) { disconnected.push_back(id.text()); }};
  }

 private:
  tayori::Result<tayori::Channel> create(const tayori::ClientId& id,
                                         const tayori::ChannelOptions& options) {
    if (has_trouble) return tayori::Error::of(tayori::ErrorCode::internal_error);
    for (const auto& group : options.groups) groups.push_back(group.text());
    return tayori::Channel{"token-" + std::to_string(++tokens_) + "-of:" + id.text(), id, {}};
  }

  static tayori::Result<tayori::ClientId> client_of(std::string_view token) {
    const std::size_t at = token.find("-of:");
    if (at == std::string_view::npos) return tayori::Error::of(tayori::ErrorCode::invalid_token);
    return tayori::ClientId::parse(token.substr(at + 4));
  }

  int tokens_ = 0;
};

}  // namespace retrochat
