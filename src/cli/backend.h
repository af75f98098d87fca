// What the commands that ask a running server have in common.
//
// Threads: main.
#pragma once

#include "cli/command_line.h"
#include "cli/exit_code.h"
#include "tayori/client.h"

namespace tayori::cli {

/// The server at `address`, with the key that TAYORI_API_KEY in the environment holds. Tries once: who waits at a terminal is told
/// at once.
Client client_of(const BackendAddress& address);

/// Says why a call was not done, and what to do about it.
ExitCode fail(const Error& error);

}  // namespace tayori::cli
