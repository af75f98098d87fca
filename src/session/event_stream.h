// event_of_message, event_of_frame: the protocol's frames as server-sent events.
//
// A message's lines become `data` lines, which a reader of the standard puts together with LF. The format can carry
// no CR: a message that holds one gets a field `breaks` beside its data, which such readers pass over and which
// restores it byte for byte.
//
// Threads: any (functions).
// Source:  spec/protocol.md 3.1, spec/vectors/events.json; WHATWG HTML section 9.2
#pragma once

#include <string>
#include <string_view>

#include "tayori/cursor.h"

namespace tayori::session {

/// The message `data` at `sequence` of the log called `epoch`.
std::string event_of_message(std::string_view epoch, Sequence sequence, std::string_view data);

/// Any other frame, as text. `id` is the cursor that a reader stands at behind it; empty leaves the one it has.
std::string event_of_frame(std::string_view text, std::string_view id = {});

/// Says nothing, and keeps the stream from looking dead.
inline constexpr std::string_view kEventStreamComment = ":\n\n";

}  // namespace tayori::session
