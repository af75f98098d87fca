#include "text/appearance.h"

namespace retrochat {

std::string_view name(Palette palette) {
  switch (palette) {
    case Palette::beige: return "beige";
    case Palette::green: return "green";
    case Palette::amber: return "amber";
    case Palette::blue: return "blue";
    case Palette::paper: return "paper";
  }
  return {};
}

std::string_view name(Scheme scheme) {
  switch (scheme) {
    case Scheme::automatic: return "auto";
    case Scheme::light: return "light";
    case Scheme::dark: return "dark";
  }
  return {};
}

std::optional<Palette> palette_of(std::string_view text) {
  for (const Palette each : kPalettes) {
    if (name(each) == text) return each;
  }
  return std::nullopt;
}

std::optional<Scheme> scheme_of(std::string_view text) {
  for (const Scheme each : kSchemes) {
    if (name(each) == text) return each;
  }
  return std::nullopt;
}

}  // namespace retrochat
