// LogPages: a room's kept conversation as pages to turn, and what a search found in it.
//
// Threads: any.
// Source:  pages/templates/log.tpl, search.tpl
#pragma once

#include <optional>
#include <string>

#include "pages/frame.h"
#include "pages/templates.h"
#include "store/lines_table.h"
#include "text/refusal.h"

namespace retrochat {

struct SearchView {
  const Room& room;
  /// Empty when nothing was looked for yet, or when it was refused.
  SearchWords words;
  Hits hits;
  std::optional<Refusal> refusal = {};
};

class LogPages {
 public:
  explicit LogPages(const Templates& templates) : templates_(templates) {}

  [[nodiscard]] std::string log(const Frame& frame, const Room& room, const LogPage& page) const;
  [[nodiscard]] std::string search(const Frame& frame, const SearchView& view) const;

 private:
  const Templates& templates_;
};

}  // namespace retrochat
