#include "pages/times.h"

#include <array>
#include <ctime>

namespace retrochat {
namespace {

std::tm local(TimePoint time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  localtime_r(&seconds, &parts);
  return parts;
}

std::string formatted(const std::tm& parts, const char* format) {
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), format, &parts)};
}

}  // namespace

std::string local_time(TimePoint time) { return formatted(local(time), "%Y-%m-%d %H:%M:%S"); }

std::string time_at_offset_of(TimePoint time, TimePoint reference) {
  const std::time_t seconds =
      std::chrono::system_clock::to_time_t(time) + local(reference).tm_gmtoff;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return formatted(parts, "%Y-%m-%d %H:%M:%S");
}

std::string utc_offset(TimePoint time) {
  const std::string digits = formatted(local(time), "%z");  // "+0900"
  return "UTC" + digits.substr(0, 3) + ":" + digits.substr(3);
}

std::string iso_time(TimePoint time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return formatted(parts, "%Y-%m-%dT%H:%M:%SZ");
}

std::string short_time(TimePoint time, TimePoint now) {
  const std::tm then = local(time);
  const std::tm today = local(now);
  const bool same_day = then.tm_year == today.tm_year && then.tm_yday == today.tm_yday;
  return formatted(then, same_day ? "%H:%M" : "%m-%d %H:%M");
}

}  // namespace retrochat
