#include "pages/log_page.h"

#include "pages/did_word.h"
#include "pages/line_row.h"
#include "pages/times.h"
#include "pages/words.h"
#include "rooms/address.h"
#include "rooms/room_json.h"
#include "text/limits.h"
#include "text/local_path.h"

namespace retrochat {
namespace {

using ctemplate::TemplateDictionary;

void put_room(TemplateDictionary& values, const Room& room) {
  values.SetValue("ROOM_PATH", path_of(room));
  values.SetValue("ROOM_NAME", room.name);
  values.SetValue("ROOM_OWNER", room.owner.handle);
  values.SetIntValue("ROOM_NUMBER", static_cast<long>(room.number.value));
  values.SetIntValue("SEARCH_CHARS", static_cast<long>(limits::kSearchChars));
}

void put_who_and_when(TemplateDictionary& row, const Event& event) {
  row.SetIntValue("EVENT", static_cast<long>(event.number.value));
  row.SetValue("KIND", uncopied(name(event.kind)));
  row.SetIntValue("COLOUR", colour_of(event.who));
  row.SetValue("WHO", event.who.handle);
  row.SetValue("ISO", iso_time(event.at));
  row.SetValue("TIME", local_time(event.at));
}

void put_event(TemplateDictionary& values, const Event& event, Language language) {
  TemplateDictionary* row = values.AddSectionDictionary("EVENT_ROW");
  put_who_and_when(*row, event);
  if (event.kind == EventKind::speak) {
    put_line(*row->AddSectionDictionary("SPOKE"), event.line);
    return;
  }
  TemplateDictionary* moved = row->AddSectionDictionary("MOVED");
  moved->SetValue("DID", uncopied(did_word(event.kind, language)));
  if (!event.line.empty()) moved->AddSectionDictionary("WORDED")->SetValue("LINE", event.line);
}

void put_hit(TemplateDictionary& values, const Event& event, const SearchWords& words) {
  TemplateDictionary* row = values.AddSectionDictionary("HIT");
  put_who_and_when(*row, event);
  for (const LinePiece& piece : words.pieces(event.line)) {
    TemplateDictionary* part = row->AddSectionDictionary("PIECE");
    part->AddSectionDictionary(piece.is_hit ? "FOUND" : "PLAIN")->SetValue("TEXT", piece.text);
  }
}

}  // namespace

std::string LogPages::log(const Frame& frame, const Room& room, const LogPage& page) const {
  TemplateDictionary values("log");
  dress(values, frame, std::string(word("W_LOG_TITLE", frame.language)) + " — " + room.name);
  put_room(values, room);
  values.SetValue("ZONE", utc_offset(page.events.empty() ? TimePoint{} : page.events.back().at));
  for (const Event& event : page.events) put_event(values, event, frame.language);
  if (page.events.empty()) values.ShowSection("EMPTY");
  if (page.older) {
    values.AddSectionDictionary("OLDER")->SetIntValue(
        "BEFORE", static_cast<long>(page.events.front().number.value));
  }
  if (page.newer) {
    values.AddSectionDictionary("NEWER")->SetIntValue(
        "AFTER", static_cast<long>(page.events.back().number.value));
  }
  return templates_.expand("log.tpl", values);
}

std::string LogPages::search(const Frame& frame, const SearchView& view) const {
  TemplateDictionary values("search");
  dress(values, frame,
        std::string(word("W_SEARCH_TITLE", frame.language)) + " — " + view.room.name);
  put_room(values, view.room);
  values.SetValue("QUERY", view.words.text());
  if (view.refusal) {
    values.AddSectionDictionary("REFUSED")->SetValue(
        "REFUSAL", uncopied(sentence(*view.refusal, frame.language)));
  }
  for (const Event& event : view.hits.lines) put_hit(values, event, view.words);
  if (view.hits.before) {
    TemplateDictionary* more = values.AddSectionDictionary("MORE");
    more->SetValue("QUERY_ESCAPED", LocalPath::escaped_for_query(view.words.text()));
    more->SetIntValue("BEFORE", static_cast<long>(view.hits.before->value));
  }
  const bool nothing = view.hits.lines.empty() && !view.words.empty() && !view.refusal;
  if (nothing) values.ShowSection(view.hits.before ? "NOTHING_YET" : "NOTHING");
  return templates_.expand("search.tpl", values);
}

}  // namespace retrochat
