#include "pages/form_state.h"

#include "text/limits.h"

namespace retrochat {

using ctemplate::TemplateDictionary;

void put_form(TemplateDictionary& values, const Frame& frame, const FormState& form) {
  values.SetValue("TYPED", form.typed);
  values.SetValue("STRANGER_TOKEN", form.stranger_token);
  values.SetIntValue("HANDLE_CHARS", static_cast<long>(limits::kHandleChars));
  values.SetIntValue("PASSPHRASE_CHARS", static_cast<long>(limits::kPassphraseCharsMin));
  values.SetIntValue("ROOM_NAME_CHARS", static_cast<long>(limits::kRoomNameChars));
  if (!form.refusal) return;
  TemplateDictionary* refused = values.AddSectionDictionary("REFUSED");
  refused->SetValue("REFUSAL", uncopied(sentence(*form.refusal, frame.language)));
}

}  // namespace retrochat
