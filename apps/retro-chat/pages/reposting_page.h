// RepostingView, reposting_page: the owner's page about where a room's lines are posted on to.
//
// Threads: any.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pages/frame.h"
#include "pages/templates.h"
#include "store/reposts_table.h"
#include "text/refusal.h"

namespace retrochat {

struct RepostingView {
  const Room& room;
  std::optional<RepostTarget> target;
  std::vector<Repost> newest;
  RepostsTable::Counts counts;
  TimePoint now;
  /// A webhook's secret that was made just now; never shown again.
  std::string new_secret = {};
  std::optional<Refusal> refusal = {};
};

[[nodiscard]] std::string reposting_page(const Templates& templates, const Frame& frame,
                                         const RepostingView& view);

}  // namespace retrochat
