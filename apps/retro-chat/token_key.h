// The keys that are kept beside the store, each in a file of its own:
//
//   tokens.key    signs channel tokens, so that open pages outlive a restart, and seals the tokens of other services that the
//                 store holds (reposts/secret_box.h)
//   cookies.key   signs and seals cookies, so that people stay signed in (people/cookie_key.h)
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
