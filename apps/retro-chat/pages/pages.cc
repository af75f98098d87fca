#include "pages/pages.h"

#include <algorithm>

#include "pages/words.h"
#include "rooms/address.h"
#include "rooms/room_json.h"
#include "text/limits.h"

namespace retrochat {
namespace {

using ctemplate::TemplateDictionary;

void put_person(TemplateDictionary& values, const Member& member) {
  TemplateDictionary* person = values.AddSectionDictionary("PERSON");
  person->SetValue("WHO", member.who.handle);
  person->SetIntValue("COLOUR", colour_of(member.who));
  person->SetValue("STATE", member.state == MemberState::away ? "away" : "here");
}

void put_inside(TemplateDictionary& row, const std::vector<Member>& inside) {
  if (inside.empty()) {
    row.ShowSection("NOBODY");
    return;
  }
  TemplateDictionary* somebody = row.AddSectionDictionary("SOMEBODY");
  somebody->SetIntValue("INSIDE_COUNT", static_cast<long>(inside.size()));
  const std::size_t named = std::min(inside.size(), limits::kNamesListed);
  for (std::size_t i = 0; i < named; ++i) put_person(*somebody, inside[i]);
  if (named == inside.size()) return;
  TemplateDictionary* others = somebody->AddSectionDictionary("OTHERS");
  others->SetIntValue("OTHERS_COUNT", static_cast<long>(inside.size() - named));
}

void put_listing(TemplateDictionary& values, const RoomListing& listing) {
  TemplateDictionary* row = values.AddSectionDictionary("ROOM");
  row->SetValue("ROOM_PATH", path_of(listing.room));
  row->SetValue("ROOM_NAME", listing.room.name);
  row->SetValue("ROOM_OWNER", listing.room.owner.handle);
  row->SetIntValue("ROOM_NUMBER", static_cast<long>(listing.room.number.value));
  put_inside(*row, listing.inside);
}

void put_form(TemplateDictionary& values, const Frame& frame, const FormState& form) {
  values.SetValue("TYPED", form.typed);
  values.SetIntValue("HANDLE_CHARS", static_cast<long>(limits::kHandleChars));
  values.SetIntValue("PASSPHRASE_CHARS", static_cast<long>(limits::kPassphraseCharsMin));
  values.SetIntValue("ROOM_NAME_CHARS", static_cast<long>(limits::kRoomNameChars));
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

std::string Pages::home(const Frame& frame, const std::vector<RoomListing>& listings) const {
  TemplateDictionary values("home");
  dress(values, frame, "");
  std::size_t people = 0;
  for (const RoomListing& listing : listings) {
    put_listing(values, listing);
    people += listing.inside.size();
  }
  values.SetValue("VERSION", version_);
  values.SetIntValue("ROOM_COUNT", static_cast<long>(listings.size()));
  values.SetIntValue("PEOPLE_COUNT", static_cast<long>(people));
  return templates_.expand("home.tpl", values);
}

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

std::string Pages::new_room(const Frame& frame, const FormState& form) const {
  TemplateDictionary values("new_room");
  dress(values, frame, word("W_NEW_ROOM", frame.language));
  put_form(values, frame, form);
  return templates_.expand("new_room.tpl", values);
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
