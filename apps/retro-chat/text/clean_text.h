// clean_text: what people typed, made safe to stand in a line among others' lines.
//
// Markup needs no care here (the pages escape it); what does are characters that act on their surroundings:
//   - tabs, line and paragraph ends become one space each;
//   - other control characters, bidirectional embeddings, overrides and isolates, interlinear marks, byte order
//     marks and noncharacters are dropped (the pages isolate each line's direction themselves);
//   - of more than kMarksOnALetter combining marks in a row the further ones are dropped;
//   - white space at both ends is dropped, inside it stays, as drawings made of letters need it.
//
// Threads: any.
// Source:  Unicode 15 chapter 23; UAX #9 section 2
#pragma once

#include <string>
#include <string_view>

#include "text/answer.h"

namespace retrochat {

/// The cleaned characters; empty when nothing visible is left. not_text when `text` is not UTF-8.
Answer<std::u32string> clean_text(std::string_view text);

}  // namespace retrochat
