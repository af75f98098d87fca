// The files of the page of `tayori dev`, carried inside the program (CMakeLists.txt, dev_page/).
//
// Threads: any (constants).
#pragma once

#include <string_view>

namespace tayori::cli {

std::string_view dev_page();
std::string_view dev_script();
std::string_view dev_style();

}  // namespace tayori::cli
