// ctemplate's dictionary: the values that a template is filled with.
//
// Its header uses strlen without asking for it, so <cstring> has to come first.
#pragma once

// clang-format off
#include <cstring>
#include <ctemplate/template_dictionary.h>
// clang-format on
