// The keys that are kept beside the store: of channel tokens, so that open pages outlive a restart, and of cookies
// (people/cookie_key.h), so that people stay signed in.
//
// Threads: set up only.
#pragma once

#include <filesystem>
#include <string>
#include <variant>

namespace retrochat {

struct TokenKey {
  std::string text;
};

/// The key in `file`, which is made with 256 random bits, readable by its owner only, if it is not there. The string
/// says what is wrong.
[[nodiscard]] std::variant<TokenKey, std::string> keep_token_key(const std::filesystem::path& file);

}  // namespace retrochat
