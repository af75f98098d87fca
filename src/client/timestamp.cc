#include "client/timestamp.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace tayori::client {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::month;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::system_clock;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd";
constexpr std::size_t kDecimals = 9;

bool is_digit(char one) { return one >= '0' && one <= '9'; }

bool has_form(std::string_view text) {
  return std::ranges::equal(text, kForm, [](char one, char asked) {
    return asked == 'd' ? is_digit(one) : one == asked;
  });
}

int number(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// What stands between the whole seconds and the Z: nothing, or '.' and decimals.
std::optional<nanoseconds> fraction(std::string_view text) {
  if (text.empty()) return nanoseconds{0};
  const bool is_fraction = text.front() == '.' && text.size() > 1 && text.size() <= kDecimals + 1 &&
                           std::ranges::all_of(text.substr(1), is_digit);
  if (!is_fraction) return std::nullopt;
  std::string decimals(text.substr(1));
  decimals.resize(kDecimals, '0');
  return nanoseconds{number(decimals)};
}

}  // namespace

std::optional<system_clock::time_point> parse_timestamp(std::string_view text) {
  const std::string_view whole = text.substr(0, kForm.size());
  if (!has_form(whole) || !text.ends_with('Z')) return std::nullopt;
  text.remove_suffix(1);
  const auto decimals = fraction(text.substr(kForm.size()));
  const year_month_day date{year{number(whole.substr(0, 4))},
                            month{static_cast<unsigned>(number(whole.substr(5, 2)))},
                            day{static_cast<unsigned>(number(whole.substr(8, 2)))}};
  const hours hour{number(whole.substr(11, 2))};
  const minutes minute{number(whole.substr(14, 2))};
  const seconds second{number(whole.substr(17, 2))};
  // The clock counts nanoseconds in 64 bits, which end in 2262.
  const bool is_held = date.year() >= year{1970} && date.year() < year{2262};
  // 60 is a leap second.
  if (!decimals || !date.ok() || !is_held || hour >= days{1} || minute >= hours{1} ||
      second > minutes{1})
    return std::nullopt;
  return sys_days{date} + hour + minute + second + *decimals;
}

}  // namespace tayori::client
