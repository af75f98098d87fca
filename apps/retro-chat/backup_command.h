// `retrochat backup`: copies the store of a chat, running or not, into one file.
//
// The keys beside the store (token_key.h) stay behind, so that a copy opens nobody's channel and nobody's session, and the tokens of
// other services in it stay sealed. A chat that starts from the copy without them makes new ones: open pages ask for another token
// by themselves, people sign in again, and owners give those tokens again.
//
// Threads: set up only.
#pragma once

namespace retrochat {

/// `argv[0]` is "backup". Answers the exit code; whatever is to be read has been printed.
[[nodiscard]] int backup_command(int argc, const char* const* argv);

}  // namespace retrochat
