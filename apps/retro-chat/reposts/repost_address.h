// RepostAddress: where an owner wants lines posted to, as typed into a form.
//
// Threads: any (a plain value).
#pragma once

#include <string>
#include <string_view>

#include "reposts/outgoing_post.h"
#include "text/answer.h"

namespace retrochat {

/// `text` as an address: https (http too where posts may go anywhere), ASCII, without a name, password or fragment in it.
/// repost_address_bad.
[[nodiscard]] Answer<std::string> parse_webhook_address(std::string_view text, Reach reach);
/// The same for a Mastodon server, of which only scheme, host and port are kept.
[[nodiscard]] Answer<std::string> parse_instance(std::string_view text, Reach reach);

}  // namespace retrochat
