#include "base/rfc3339.h"

#include <fmt/chrono.h>

namespace tayori::base {

std::string rfc3339(std::chrono::system_clock::time_point time) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(time);
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(whole)));
}

std::string rfc3339_ms(std::chrono::system_clock::time_point time) {
  const auto at = std::chrono::floor<std::chrono::milliseconds>(time);
  const auto part =
      at.time_since_epoch() - std::chrono::floor<std::chrono::seconds>(at).time_since_epoch();
  std::string text = rfc3339(at);
  text.pop_back();
  return text + fmt::format(".{:03}Z", part.count());
}

}  // namespace tayori::base
