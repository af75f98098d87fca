// What parses as a cursor is written again as it was, so that a cursor has one spelling.
#include "base/check.h"
#include "input.h"
#include "tayori/cursor.h"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer names it
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = tayori::fuzz::as_text(data, size);
  const auto cursor = tayori::Cursor::parse(text);
  if (cursor) CHECK(cursor->text() == text, "a cursor has one spelling");
  return 0;
}
