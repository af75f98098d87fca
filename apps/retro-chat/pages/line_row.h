// put_line(): a line as a page shows it: its parts as PART sections of TEXT, LINK and CALL.
//
// Threads: any.
#pragma once

#include <string_view>

#include "pages/templates.h"

namespace retrochat {

void put_line(ctemplate::TemplateDictionary& row, std::string_view line);

}  // namespace retrochat
