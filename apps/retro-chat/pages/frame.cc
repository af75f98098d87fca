#include "pages/frame.h"

#include "pages/words.h"
#include "store/assets.h"

namespace retrochat {
namespace {

using ctemplate::TemplateDictionary;

void put_owner(TemplateDictionary& values, const std::optional<FrameOwner>& owner) {
  if (!owner) {
    values.ShowTemplateGlobalSection("SIGNED_OUT");
    return;
  }
  values.ShowTemplateGlobalSection("SIGNED_IN");
  values.SetTemplateGlobalValue("ME", owner->handle);
  values.SetTemplateGlobalValue("FORM_TOKEN", owner->form_token);
}

std::string_view palette_word(Palette palette) {
  switch (palette) {
    case Palette::beige: return "W_BEIGE";
    case Palette::green: return "W_GREEN";
    case Palette::amber: return "W_AMBER";
    case Palette::blue: return "W_BLUE";
    case Palette::paper: return "W_PAPER";
  }
  return {};
}

std::string_view scheme_word(Scheme scheme) {
  switch (scheme) {
    case Scheme::automatic: return "W_AUTOMATIC";
    case Scheme::light: return "W_LIGHT";
    case Scheme::dark: return "W_DARK";
  }
  return {};
}

/// A link to this page in another look, or the mark that this one is chosen.
void put_choice(TemplateDictionary& choice, std::string_view name, std::string_view text,
                bool is_chosen) {
  choice.SetValue("NAME", uncopied(name));
  if (is_chosen) choice.SetValue("CURRENT", "true");
  choice.SetValue("WORD", uncopied(text));
}

void put_looks(TemplateDictionary& values, const Frame& frame) {
  values.SetTemplateGlobalValue("PALETTE", uncopied(name(frame.looks.palette)));
  values.SetTemplateGlobalValue("SCHEME", uncopied(name(frame.looks.scheme)));
  values.SetTemplateGlobalValue("COLOUR_SCHEME", frame.looks.scheme == Scheme::automatic
                                                     ? "light dark"
                                                     : uncopied(name(frame.looks.scheme)));
}

void put_choices(TemplateDictionary& foot, const Frame& frame) {
  const std::string here = "?" + frame.kept_query;
  for (const Palette each : kPalettes) {
    const bool is_chosen = each == frame.looks.palette;
    TemplateDictionary& choice = *foot.AddSectionDictionary("PALETTE_CHOICE");
    put_choice(choice, name(each), word(palette_word(each), frame.language), is_chosen);
    choice.SetValue("HREF", here + "palette=" + std::string(name(each)));
  }
  for (const Scheme each : kSchemes) {
    const bool is_chosen = each == frame.looks.scheme;
    TemplateDictionary& choice = *foot.AddSectionDictionary("SCHEME_CHOICE");
    put_choice(choice, name(each), word(scheme_word(each), frame.language), is_chosen);
    choice.SetValue("HREF", here + "scheme=" + std::string(name(each)));
  }
  // Global, as the sections that they stand in are.
  foot.SetTemplateGlobalValue("JA_HREF", here + "lang=ja");
  foot.SetTemplateGlobalValue("EN_HREF", here + "lang=en");
  foot.SetValue("FONT_LICENCE_URL", static_url("dotgothic16-licence.txt"));
}

}  // namespace

void dress(ctemplate::TemplateDictionary& values, const Frame& frame, std::string_view title) {
  for (const Word& each : words()) {
    values.SetTemplateGlobalValue(uncopied(each.key), uncopied(each.in(frame.language)));
  }
  std::string full(title);
  if (!full.empty()) full += " — ";
  full += word("W_TITLE", frame.language);
  values.SetTemplateGlobalValue("TITLE", full);
  values.SetTemplateGlobalValue("LANG", uncopied(code(frame.language)));
  values.ShowTemplateGlobalSection(frame.language == Language::ja ? "SPEAKS_JA" : "SPEAKS_EN");
  values.SetTemplateGlobalValue("CSS_URL", static_url("retro.css"));
  values.SetTemplateGlobalValue("PALETTES_URL", static_url("palettes.css"));
  values.SetTemplateGlobalValue("FONTS_URL", static_url("fonts.css"));
  values.SetTemplateGlobalValue("LATIN_URL", static_url("dot-latin.woff2"));
  values.SetTemplateGlobalValue("ICON_URL", static_url("icon.svg"));
  put_looks(values, frame);
  put_owner(values, frame.signed_in);
  values.AddIncludeDictionary("HEAD")->SetFilename("head.tpl");
  ctemplate::TemplateDictionary* foot = values.AddIncludeDictionary("FOOT");
  foot->SetFilename("foot.tpl");
  put_choices(*foot, frame);
}

ctemplate::TemplateString uncopied(std::string_view text) { return {text.data(), text.size()}; }

std::string static_url(std::string_view name) {
  const Asset* asset = find_asset("static/" + std::string(name));
  const std::string_view digest = asset != nullptr ? asset->digest : "none";
  return "/static/" + std::string(digest) + "/" + std::string(name);
}

}  // namespace retrochat
