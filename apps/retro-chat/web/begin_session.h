// begin_session(): what everybody's signing in ends with, by whatever way.
//
// Threads: any.
#pragma once

#include "people/sessions.h"
#include "store/rows.h"
#include "text/local_path.h"
#include "web/respond.h"

namespace retrochat {

/// Ends the session the browser had, begins one of `account`, and sends the browser on to `to`. Never the same session id as
/// before, so that one which somebody else has planted or seen is worth nothing.
[[nodiscard]] tayori::HttpResponse begin_session(Sessions& sessions, const Respond& respond,
                                                 const Visitor& visitor, const Account& account,
                                                 const LocalPath& to);

}  // namespace retrochat
