// Base64, in the two alphabets that the web uses.
//
// Threads: any (pure functions).
// Source:  RFC 4648 sections 4 and 5
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace retrochat {

/// With '+', '/' and '=' at the end, as in HTTP's Basic credentials.
[[nodiscard]] std::string base64(std::string_view bytes);
/// With '-' and '_' and nothing at the end, as in tokens.
[[nodiscard]] std::string base64url(std::string_view bytes);
/// Nothing when `text` is not such.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

}  // namespace retrochat
