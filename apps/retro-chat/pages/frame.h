// Frame: what every page has around it: language, title, who is signed in, how it looks.
//
// Threads: any.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pages/dictionary.h"
#include "text/appearance.h"
#include "text/language.h"

namespace retrochat {

struct FrameOwner {
  std::string handle;
  std::string form_token;
};

struct Frame {
  Language language = Language::en;
  std::optional<FrameOwner> signed_in;
  Appearance looks = {};
  /// What links to this same page begin their query with (text/kept_query.h).
  std::string kept_query = {};
};

/// Fills in what head.tpl and foot.tpl need, and all words. `title` stands before the product's name; may be empty.
void dress(ctemplate::TemplateDictionary& values, const Frame& frame, std::string_view title);

/// `text` as ctemplate takes it, without a copy.
[[nodiscard]] ctemplate::TemplateString uncopied(std::string_view text);

/// The address of the asset "static/NAME", which changes with its content.
[[nodiscard]] std::string static_url(std::string_view name);

}  // namespace retrochat
