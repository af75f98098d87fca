#include "pages/line_row.h"

#include "pages/frame.h"
#include "text/line_parts.h"

namespace retrochat {

using ctemplate::TemplateDictionary;

void put_line(TemplateDictionary& row, std::string_view line) {
  for (const LinePart& part : line_parts(line)) {
    TemplateDictionary* piece = row.AddSectionDictionary("PART");
    switch (part.kind) {
      case LinePart::Kind::text:
        piece->AddSectionDictionary("TEXT")->SetValue("SAID", uncopied(part.text));
        break;
      case LinePart::Kind::link:
        piece->AddSectionDictionary("LINK")->SetValue("SAID", uncopied(part.text));
        break;
      case LinePart::Kind::call:
        piece->AddSectionDictionary("CALL")->SetValue("SAID", uncopied(part.text));
        break;
    }
  }
}

}  // namespace retrochat
