// Language: the two that Retro Chat speaks, and how a visitor's is found.
//
// Threads: any (plain values).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace retrochat {

enum class Language : std::uint8_t { ja, en };

/// "ja" or "en", as it stands in `lang` attributes, cookies and queries.
[[nodiscard]] std::string_view code(Language language);

/// The language called `text` exactly, or nothing.
[[nodiscard]] std::optional<Language> language_of(std::string_view text);

/// What the visitor asked for, the strongest wish first: `asked` (?lang=), `remembered` (the cookie), then the
/// better of the two in `accepted` (Accept-Language, RFC 9110 section 12.5.4). English when nothing decides.
[[nodiscard]] Language choose_language(std::string_view asked, std::string_view remembered,
                                       std::string_view accepted);

}  // namespace retrochat
