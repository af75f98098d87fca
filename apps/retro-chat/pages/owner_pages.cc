// The pages of owners: a new room, a room's settings; and a room's door, which says what they decided.
#include <algorithm>
#include <array>
#include <utility>

#include "pages/pages.h"
#include "pages/words.h"
#include "rooms/address.h"
#include "rooms/room_json.h"
#include "text/limits.h"

namespace retrochat {
namespace {

using ctemplate::TemplateDictionary;

constexpr std::array<std::pair<RoomEntry, std::string_view>, 5> kEntries{
    {{RoomEntry::everyone, "W_ENTRY_EVERYONE"},
     {RoomEntry::signed_in, "W_ENTRY_SIGNED_IN"},
     {RoomEntry::listed, "W_ENTRY_LISTED"},
     {RoomEntry::passphrase, "W_ENTRY_PASSPHRASE"},
     {RoomEntry::closed, "W_ENTRY_CLOSED"}}};

void put_place(TemplateDictionary& values, const Room& room) {
  values.SetTemplateGlobalValue("ROOM_PATH", path_of(room));
  values.SetValue("ROOM_NAME", room.name);
  values.SetValue("ROOM_OWNER", room.owner.handle);
  values.SetIntValue("ROOM_NUMBER", static_cast<long>(room.number.value));
}

void put_refusal(TemplateDictionary& values, Refusal refusal, Language language) {
  // Being asked for the passphrase is no rebuke.
  const char* section = refusal == Refusal::room_passphrase_missing ? "ASKED" : "REFUSED";
  values.AddSectionDictionary(section)->SetValue("REFUSAL", uncopied(sentence(refusal, language)));
}

void put_choices(TemplateDictionary& form, RoomEntry chosen, Language language) {
  for (const auto& [entry, key] : kEntries) {
    TemplateDictionary* choice = form.AddSectionDictionary("CHOICE");
    choice->SetValue("ENTRY", uncopied(name(entry)));
    choice->SetValue("ENTRY_WORD", uncopied(word(key, language)));
    if (entry == chosen) choice->ShowSection("CHOSEN");
  }
}

TemplateDictionary& put_form(TemplateDictionary& values, const RoomForm& shown, Language language) {
  TemplateDictionary& form = *values.AddIncludeDictionary("ROOM_FORM");
  form.SetFilename("room_form.tpl");
  form.SetValue("NAME", shown.name);
  form.SetValue("TOPIC", shown.topic);
  form.SetValue("HANDLES", shown.handles);
  form.SetIntValue("ROOM_NAME_CHARS", static_cast<long>(limits::kRoomNameChars));
  form.SetIntValue("TOPIC_CHARS", static_cast<long>(limits::kTopicChars));
  if (shown.reposts) form.ShowSection("REPOSTS");
  put_choices(form, shown.entry, language);
  if (shown.refusal) put_refusal(form, *shown.refusal, language);
  return form;
}

void put_people(TemplateDictionary& values, const Room& room, const RoomKeeping::Books& books) {
  bool alone = true;
  for (const Member& member : books.inside) {
    if (member.who.id == room.owner.id) continue;
    alone = false;
    TemplateDictionary* person = values.AddSectionDictionary("PERSON");
    person->SetValue("WHO", member.who.handle);
    person->SetIntValue("COLOUR", colour_of(member.who));
  }
  if (alone) values.ShowSection("NOBODY_ELSE");
  if (books.removed.empty()) return;
  TemplateDictionary* shown_out = values.AddSectionDictionary("SHOWN_OUT");
  for (const Account& who : books.removed)
    shown_out->AddSectionDictionary("OUTSIDER")->SetValue("WHO", who.handle);
}

}  // namespace

std::string Pages::new_room(const Frame& frame, const RoomForm& shown) const {
  TemplateDictionary values("new_room");
  dress(values, frame, word("W_NEW_ROOM", frame.language));
  TemplateDictionary& form = put_form(values, shown, frame.language);
  form.SetValue("ACTION", "/rooms/new");
  form.SetValue("BACK", "/");
  form.SetValue("DO", uncopied(word("W_NEW_ROOM_DO", frame.language)));
  form.ShowSection("FRESH");
  return templates_.expand("new_room.tpl", values);
}

std::string Pages::settings(const Frame& frame, const SettingsView& view) const {
  TemplateDictionary values("settings");
  dress(values, frame, view.room.name);
  put_place(values, view.room);
  TemplateDictionary& form = put_form(values, view.form, frame.language);
  form.SetValue("ACTION", path_of(view.room) + "/settings");
  form.SetValue("BACK", path_of(view.room));
  form.SetValue("DO", uncopied(word("W_ALTER_DO", frame.language)));
  form.ShowSection("SAVED");
  if (view.room.entry == RoomEntry::passphrase) form.ShowSection("HAS_PASSPHRASE");
  values.SetIntValue("HANDLE_CHARS", static_cast<long>(limits::kHandleChars));
  put_people(values, view.room, view.books);
  return templates_.expand("settings.tpl", values);
}

std::string Pages::door(const Frame& frame, const DoorView& view) const {
  TemplateDictionary values("door");
  dress(values, frame, view.room.name);
  put_place(values, view.room);
  if (!view.room.topic.empty() && view.room.entry == RoomEntry::everyone)
    values.AddSectionDictionary("TOPIC")->SetValue("ROOM_TOPIC", view.room.topic);
  const bool asks_passphrase = view.refusal == Refusal::room_passphrase_missing ||
                               view.refusal == Refusal::room_passphrase_wrong ||
                               view.refusal == Refusal::too_many_knocks;
  if (view.refusal == Refusal::sign_in_first && !frame.signed_in) {
    values.AddSectionDictionary("GUEST_DOOR")->SetValue("GUEST_TOKEN", view.guest_token);
  } else {
    put_refusal(values, view.refusal, frame.language);
  }
  if (asks_passphrase) values.ShowSection("PASSPHRASE_DOOR");
  return templates_.expand("door.tpl", values);
}

}  // namespace retrochat
