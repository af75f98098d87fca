// Appearance: the palette and the shade that pages are shown in, and how a visitor's are found.
//
// Five screens of the years around 1980: a beige case, green and amber phosphor, the blue of home computers, and
// paper-grey liquid crystal. Each has a light and a dark shade; `automatic` is as the visitor's system says.
//
// Threads: any (plain values).
// Source:  static/palettes.css
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace retrochat {

enum class Palette : std::uint8_t { beige, green, amber, blue, paper };
enum class Scheme : std::uint8_t { automatic, light, dark };

inline constexpr std::array kPalettes{Palette::beige, Palette::green, Palette::amber, Palette::blue,
                                      Palette::paper};
inline constexpr std::array kSchemes{Scheme::automatic, Scheme::light, Scheme::dark};

/// As it stands in attributes, cookies and queries: "beige", …; "auto", "light", "dark".
[[nodiscard]] std::string_view name(Palette palette);
[[nodiscard]] std::string_view name(Scheme scheme);

/// The one called `text` exactly, or nothing.
[[nodiscard]] std::optional<Palette> palette_of(std::string_view text);
[[nodiscard]] std::optional<Scheme> scheme_of(std::string_view text);

struct Appearance {
  Palette palette = Palette::beige;
  Scheme scheme = Scheme::automatic;
  friend bool operator==(const Appearance&, const Appearance&) = default;
};

}  // namespace retrochat
