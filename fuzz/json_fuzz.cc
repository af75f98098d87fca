// parse_json against Boost.JSON's own parser: the same values, and refusals beyond its own only for
// our reasons.
#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>

#include "base/check.h"
#include "base/json.h"
#include "base/utf8.h"
#include "input.h"

namespace base = tayori::base;
namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 4> kOurReasons = {
    "a key stands twice", "a number is too large", "a string is too long", "too many values"};

bool is_our_reason(std::string_view error) {
  return std::any_of(kOurReasons.begin(), kOurReasons.end(), [&](std::string_view reason) {
    return error.find(reason) != std::string_view::npos;
  });
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer names it
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = tayori::fuzz::as_text(data, size);
  const base::JsonLimits limits{.depth = 4, .string_bytes = 64, .values = 64};
  const base::JsonParse ours = base::parse_json(text, limits);
  json::error_code ec;
  const json::value theirs = json::parse(text, ec, {}, {.max_depth = 4});
  if (ours) {
    CHECK(!ec && *ours.value == theirs, "both read the same");
    CHECK(ours.offset == text.size(), "all of the text was read");
    CHECK(base::is_utf8(text), "JSON is UTF-8");
  } else {
    CHECK(ours.offset <= text.size(), "reading stopped within the text");
    CHECK(ec || is_our_reason(ours.error), "we refuse more for named reasons only");
  }
  if (base::is_utf8(text)) {
    const base::JsonParse string = base::parse_json(base::json_string(text));
    CHECK(string && string.value->as_string() == text, "a string is read as it was");
  }
  return 0;
}
