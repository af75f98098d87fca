// Membership, GroupSize, Groups: who has joined what.
//
// Only joined members count: a page that hears a group by its token is not one.
//
// Threads: any (plain values).
// Source:  spec/openapi.yaml (join_group, leave_group, groups)
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tayori/cursor.h"
#include "tayori/group_name.h"

namespace tayori {

/// What joining or leaving came to: from where in the log on it counts, and how many members the group has now.
struct Membership {
  Cursor cursor;
  std::size_t members = 0;
};

struct GroupSize {
  GroupName group;
  std::size_t members = 0;
};

/// Some of the groups that have members, by name.
struct Groups {
  std::vector<GroupSize> groups;
  /// What to ask for the groups behind these with; nothing behind the last.
  std::optional<std::string> next;
};

}  // namespace tayori
