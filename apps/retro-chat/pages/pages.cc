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
