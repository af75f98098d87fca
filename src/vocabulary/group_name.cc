#include "tayori/group_name.h"

#include "base/utf8.h"
#include "tayori/limits.h"

namespace tayori {

Result<GroupName> GroupName::parse(std::string_view text) {
  if (text.empty()) return Error::of(ErrorCode::invalid_group, "The group name is empty.");
  if (text.size() > limits::kGroupNameBytes) {
    return Error::of(ErrorCode::invalid_group, "The group name is longer than 128 bytes.");
  }
  if (!base::is_utf8(text))
    return Error::of(ErrorCode::invalid_group, "The group name is not UTF-8.");
  if (base::has_control_characters(text)) {
    return Error::of(ErrorCode::invalid_group, "The group name holds a control character.");
  }
  return GroupName(text);
}

}  // namespace tayori
