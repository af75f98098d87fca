#include "pages/templates.h"

#include <ctemplate/template.h>

#include "pages/dictionary.h"

namespace retrochat {

std::variant<std::unique_ptr<Templates>, std::string> Templates::load(
    std::span<const Asset> files) {
  std::unique_ptr<Templates> templates(new Templates);
  constexpr std::string_view kFolder = "templates/";
  for (const Asset& asset : files) {
    if (!asset.name.starts_with(kFolder)) continue;
    std::string wrong = templates->add(std::string(asset.name.substr(kFolder.size())), asset.bytes);
    if (!wrong.empty()) return wrong;
  }
  templates->cache_.Freeze();
  return templates;
}

std::string Templates::add(const std::string& name, std::string_view text) {
  if (!text.starts_with(kEscapePragma))
    return name + " does not begin with " + std::string(kEscapePragma);
  if (!cache_.StringToTemplateCache(name, text.data(), text.size(), ctemplate::STRIP_WHITESPACE)) {
    return name + " cannot be parsed (ctemplate says more on stderr)";
  }
  return {};
}

std::string Templates::expand(const std::string& name,
                              const ctemplate::TemplateDictionary& values) const {
  std::string page;
  cache_.ExpandNoLoad(name, ctemplate::STRIP_WHITESPACE, &values, nullptr, &page);
  return page;
}

}  // namespace retrochat
