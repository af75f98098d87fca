#include "pages/pages.h"

#include "pages/words.h"

namespace retrochat {

using ctemplate::TemplateDictionary;

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
