#include "pages/pages.h"

#include "pages/words.h"
#include "text/limits.h"

namespace retrochat {
namespace {

using ctemplate::TemplateDictionary;

void put_form(TemplateDictionary& values, const Frame& frame, const FormState& form) {
  values.SetValue("TYPED", form.typed);
  values.SetIntValue("HANDLE_CHARS", static_cast<long>(limits::kHandleChars));
  values.SetIntValue("PASSPHRASE_CHARS", static_cast<long>(limits::kPassphraseCharsMin));
  if (!form.refusal) return;
  TemplateDictionary* refused = values.AddSectionDictionary("REFUSED");
  refused->SetValue("REFUSAL", uncopied(sentence(*form.refusal, frame.language)));
}

void put_destination(TemplateDictionary& values, const LocalPath& to) {
  values.SetValue("TO", to.text());
  values.SetValue("TO_QUERY", LocalPath::escaped_for_query(to.text()));
  if (to.text() != "/") values.ShowSection("ON_THE_WAY");
}

}  // namespace

std::string Pages::sign_up(const Frame& frame, const LocalPath& to, const FormState& form) const {
  TemplateDictionary values("sign_up");
  dress(values, frame, word("W_SIGN_UP", frame.language));
  put_destination(values, to);
  put_form(values, frame, form);
  return templates_.expand("sign_up.tpl", values);
}

std::string Pages::sign_in(const Frame& frame, const LocalPath& to, const FormState& form) const {
  TemplateDictionary values("sign_in");
  dress(values, frame, word("W_SIGN_IN", frame.language));
  put_destination(values, to);
  put_form(values, frame, form);
  return templates_.expand("sign_in.tpl", values);
}

std::string Pages::error(const Frame& frame, const ErrorView& view) const {
  TemplateDictionary values("error");
  const int status = facts(view.refusal).http_status;
  dress(values, frame, std::to_string(status));
  values.SetIntValue("STATUS", status);
  values.SetValue("REFUSAL", uncopied(sentence(view.refusal, frame.language)));
  values.SetValue("BACK", view.back);
  if (view.back != "/") values.ShowSection("NOT_HOME");
  if (!view.typed.empty()) values.AddSectionDictionary("KEPT")->SetValue("TYPED", view.typed);
  return templates_.expand("error.tpl", values);
}

}  // namespace retrochat
