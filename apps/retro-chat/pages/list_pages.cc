// The pages that list rooms: the entrance, and an owner's rooms.
#include <algorithm>

#include "pages/pages.h"
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

/// The word for what a door asks of `viewer`; empty where it asks nothing more of them.
std::string_view mark_of(const Room& room, const std::optional<Account>& viewer,
                         Language language) {
  const bool has_account = viewer && !viewer->is_guest;
  switch (room.entry) {
    case RoomEntry::everyone: break;
    case RoomEntry::signed_in: return has_account ? "" : word("W_MARK_SIGNED_IN", language);
    case RoomEntry::listed: return word("W_MARK_LISTED", language);
    case RoomEntry::passphrase: return word("W_MARK_PASSPHRASE", language);
    case RoomEntry::closed: return word("W_MARK_CLOSED", language);
  }
  return {};
}

void put_listing(TemplateDictionary& values, const RoomListing& listing, const ListView& view,
                 Language language) {
  TemplateDictionary* row = values.AddSectionDictionary("ROOM")->AddIncludeDictionary("LISTING");
  row->SetFilename("listing.tpl");
  const Room& room = listing.room;
  row->SetValue("ROOM_PATH", path_of(room));
  row->SetValue("ROOM_NAME", room.name);
  row->SetValue("ROOM_OWNER", room.owner.handle);
  row->SetIntValue("ROOM_NUMBER", static_cast<long>(room.number.value));
  if (!room.topic.empty()) row->AddSectionDictionary("TOPIC")->SetValue("ROOM_TOPIC", room.topic);
  const std::string_view mark = mark_of(room, view.viewer, language);
  if (!mark.empty())
    row->AddSectionDictionary("ENTRY_MARK")->SetValue("ENTRY_WORD", uncopied(mark));
  if (view.viewer && view.viewer->id == room.owner.id) row->ShowSection("MINE");
  put_inside(*row, listing.inside);
}

void put_find(TemplateDictionary& values, std::string_view handle) {
  TemplateDictionary* find = values.AddIncludeDictionary("FIND");
  find->SetFilename("find.tpl");
  find->SetIntValue("HANDLE_CHARS", static_cast<long>(limits::kHandleChars));
  values.SetTemplateGlobalValue("FOUND_HANDLE", std::string(handle));
}

}  // namespace

std::string Pages::home(const Frame& frame, const ListView& view) const {
  TemplateDictionary values("home");
  dress(values, frame, "");
  std::size_t people = 0;
  for (const RoomListing& listing : view.listings) {
    put_listing(values, listing, view, frame.language);
    people += listing.inside.size();
  }
  put_find(values, "");
  if (view.viewer && !view.viewer->is_guest) values.ShowSection("MAY_OWN");
  values.SetValue("GUEST_TOKEN", view.guest_token);
  values.SetValue("VERSION", version_);
  values.SetIntValue("ROOM_COUNT", static_cast<long>(view.listings.size()));
  values.SetIntValue("PEOPLE_COUNT", static_cast<long>(people));
  return templates_.expand("home.tpl", values);
}

std::string Pages::rooms_of(const Frame& frame, std::string_view owner,
                            const ListView& view) const {
  TemplateDictionary values("owner");
  dress(values, frame, owner);
  for (const RoomListing& listing : view.listings)
    put_listing(values, listing, view, frame.language);
  if (view.listings.empty()) values.ShowSection("NONE");
  put_find(values, owner);
  return templates_.expand("owner.tpl", values);
}

}  // namespace retrochat
