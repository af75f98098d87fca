// Reach: where lines may be posted to, and the addresses within it, as an owner types them into a form.
//
// Threads: any (plain values).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "outgoing/curl_exchange.h"
#include "text/answer.h"

namespace retrochat {

/// What strangers name must not lead to where only this machine gets: unless the operator allows it, https only and public
/// addresses only.
enum class Reach : std::uint8_t { public_only, anywhere };
/// The same for whoever sends.
[[nodiscard]] WebReach web_reach(Reach reach);

/// `text` as an address: https (http too where posts may go anywhere), ASCII, without a name, password or fragment in it.
/// repost_address_bad.
[[nodiscard]] Answer<std::string> parse_webhook_address(std::string_view text, Reach reach);
/// The same for a Mastodon server, of which only scheme, host and port are kept.
[[nodiscard]] Answer<std::string> parse_instance(std::string_view text, Reach reach);

}  // namespace retrochat
