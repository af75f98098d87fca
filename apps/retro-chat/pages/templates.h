// Templates: the pages' forms, all loaded and checked before the first visitor comes.
//
// Each begins with ctemplate's AUTOESCAPE pragma, without which nothing would be escaped and nobody warned; one
// that lacks it, or that ctemplate cannot parse, stops the start.
//
// Threads: any, once loaded.
// Source:  pages/templates/
#pragma once

#include <ctemplate/template_cache.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "store/assets.h"

namespace ctemplate {
class TemplateDictionary;
}

namespace retrochat {

/// What every template's first line has to be.
inline constexpr std::string_view kEscapePragma = R"({{%AUTOESCAPE context="HTML"}})";

class Templates {
 public:
  /// All of `files` called "templates/*.tpl". The string says which template is wrong, and how.
  static std::variant<std::unique_ptr<Templates>, std::string> load(std::span<const Asset> files);

  /// The page that template `name` makes of `values`. REQUIRES: it was loaded, and what it includes too.
  [[nodiscard]] std::string expand(const std::string& name,
                                   const ctemplate::TemplateDictionary& values) const;

 private:
  Templates() = default;
  /// Empty when all is well.
  [[nodiscard]] std::string add(const std::string& name, std::string_view text);

  ctemplate::TemplateCache cache_;
};

}  // namespace retrochat
