#include "pages/account_pages.h"

#include "pages/words.h"

namespace retrochat {
namespace {

using ctemplate::TemplateDictionary;

void put_destination(TemplateDictionary& values, const LocalPath& to) {
  values.SetValue("TO", to.text());
  if (to.text() != "/") values.ShowSection("ON_THE_WAY");
}

}  // namespace

void AccountPages::put_ways_in(TemplateDictionary& values, const Frame& frame) const {
  if (local_ == LocalAccounts::on) values.ShowSection("LOCAL");
  if (providers_.empty()) return;
  TemplateDictionary* others = values.AddSectionDictionary("THROUGH_OTHERS");
  for (const Provider& each : providers_) {
    TemplateDictionary* key = others->AddSectionDictionary("PROVIDER");
    key->SetValue("PROVIDER_ID", each.id);
    key->SetValue("PROVIDER_NAME", each.name(frame.language));
  }
}

std::string AccountPages::sign_up(const Frame& frame, const LocalPath& to,
                                  const FormState& form) const {
  TemplateDictionary values("sign_up");
  dress(values, frame, word("W_SIGN_UP", frame.language));
  put_destination(values, to);
  put_form(values, frame, form);
  put_ways_in(values, frame);
  return templates_.expand("sign_up.tpl", values);
}

std::string AccountPages::sign_in(const Frame& frame, const LocalPath& to,
                                  const FormState& form) const {
  TemplateDictionary values("sign_in");
  dress(values, frame, word("W_SIGN_IN", frame.language));
  put_destination(values, to);
  put_form(values, frame, form);
  put_ways_in(values, frame);
  return templates_.expand("sign_in.tpl", values);
}

std::string AccountPages::choose_handle(const Frame& frame, const NewcomerView& newcomer,
                                        const FormState& form) const {
  TemplateDictionary values("choose_handle");
  dress(values, frame, word("W_CHOOSE_HANDLE", frame.language));
  put_form(values, frame, form);
  values.SetValue("PROVIDER_NAME", newcomer.provider.name(frame.language));
  if (!newcomer.screen_name.empty())
    values.AddSectionDictionary("KNOWN_AS")->SetValue("SCREEN_NAME", newcomer.screen_name);
  return templates_.expand("choose_handle.tpl", values);
}

}  // namespace retrochat
