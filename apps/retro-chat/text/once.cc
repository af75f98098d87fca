#include "text/once.h"

#include <algorithm>

#include "text/limits.h"

namespace retrochat {
namespace {

bool may_stand(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

}  // namespace

std::optional<Once> Once::parse(std::string_view text) {
  if (text.empty() || text.size() > limits::kOnceChars) return std::nullopt;
  if (!std::ranges::all_of(text, may_stand)) return std::nullopt;
  return Once(text);
}

}  // namespace retrochat
