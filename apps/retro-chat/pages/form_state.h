// FormState: what a form shows again after it was refused.
//
// Threads: any (a plain value; a pure function).
#pragma once

#include <optional>
#include <string>

#include "pages/frame.h"
#include "text/refusal.h"

namespace retrochat {

struct FormState {
  /// What was typed, as far as it may be shown again.
  std::string typed = {};
  std::optional<Refusal> refusal = {};
  /// Of a form that comes before there is a session.
  std::string stranger_token = {};
};

/// Fills in TYPED, REFUSED and the limits that forms name.
void put_form(ctemplate::TemplateDictionary& values, const Frame& frame, const FormState& form);

}  // namespace retrochat
