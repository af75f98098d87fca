// `retrochat backup`: copies the store of a chat, running or not, into one file.
//
// The key that signs channel tokens stays behind: without it a copy opens nobody's channel, and a chat that starts from the copy
// makes a new one, whereupon open pages ask for another token by themselves.
//
// Threads: set up only.
#pragma once

namespace retrochat {

/// `argv[0]` is "backup". Answers the exit code; whatever is to be read has been printed.
[[nodiscard]] int backup_command(int argc, const char* const* argv);

}  // namespace retrochat
