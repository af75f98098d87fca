// Forms: what is read, written and read again stays the same; the two ways of reading agree.
#include <algorithm>

#include "base/check.h"
#include "base/form.h"
#include "input.h"

namespace base = tayori::base;

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer names it
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = tayori::fuzz::as_text(data, size);
  if (const auto fields = base::parse_form(text)) {
    CHECK(fields->size() <= base::kFormFields, "the number of fields is bounded");
    for (const auto& field : *fields) {
      const auto first = std::find_if(fields->begin(), fields->end(), [&](const auto& other) {
        return other.first == field.first;
      });
      CHECK(base::form_value(text, field.first) == first->second, "the first of a name counts");
    }
    // A field with neither name nor value is written "=", which is read again as one.
    CHECK(base::parse_form(base::form_encode(*fields)) == fields, "what is written is read");
  }
  if (const auto decoded = base::percent_decode(text)) {
    CHECK(decoded->size() <= text.size(), "decoding never makes longer");
  }
  return 0;
}
