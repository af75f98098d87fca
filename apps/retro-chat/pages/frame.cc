#include "pages/frame.h"

#include "pages/words.h"
#include "store/assets.h"

namespace retrochat {
namespace {

void put_owner(ctemplate::TemplateDictionary& values, const std::optional<FrameOwner>& owner) {
  if (!owner) {
    values.ShowTemplateGlobalSection("SIGNED_OUT");
    return;
  }
  values.ShowTemplateGlobalSection("SIGNED_IN");
  values.SetTemplateGlobalValue("ME", owner->handle);
  values.SetTemplateGlobalValue("FORM_TOKEN", owner->form_token);
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
  values.SetTemplateGlobalValue("ICON_URL", static_url("icon.svg"));
  put_owner(values, frame.signed_in);
  values.AddIncludeDictionary("HEAD")->SetFilename("head.tpl");
  values.AddIncludeDictionary("FOOT")->SetFilename("foot.tpl");
}

ctemplate::TemplateString uncopied(std::string_view text) { return {text.data(), text.size()}; }

std::string static_url(std::string_view name) {
  const Asset* asset = find_asset("static/" + std::string(name));
  const std::string_view digest = asset != nullptr ? asset->digest : "none";
  return "/static/" + std::string(digest) + "/" + std::string(name);
}

}  // namespace retrochat
