// What the chat is built with, as the command line, the data folder and the provider file say.
//
// Threads: set up only.
#pragma once

#include <string>
#include <variant>

#include "options.h"
#include "token_key.h"
#include "web/chat.h"

namespace retrochat {

/// `tokens` is the data folder's key, from which the one is derived that seals other services' tokens. The key of cookies is made
/// beside it if it is not there. The string says what is wrong.
[[nodiscard]] std::variant<ChatOptions, std::string> chat_options(const Options& options,
                                                                  const TokenKey& tokens);

}  // namespace retrochat
