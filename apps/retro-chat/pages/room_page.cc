// The page of a room: the one with people, lines and a channel.
#include <algorithm>
#include <array>

#include "pages/did_word.h"
#include "pages/line_row.h"
#include "pages/pages.h"
#include "pages/times.h"
#include "pages/words.h"
#include "rooms/address.h"
#include "rooms/room_json.h"
#include "text/limits.h"
#include "text/line_parts.h"

namespace retrochat {
namespace {

using ctemplate::TemplateDictionary;

constexpr std::array<EventKind, 7> kKinds{EventKind::enter,   EventKind::leave, EventKind::lost,
                                          EventKind::removed, EventKind::speak, EventKind::away,
                                          EventKind::back};

void put_time(TemplateDictionary& row, TimePoint time, TimePoint now) {
  row.SetValue("ISO", iso_time(time));
  row.SetIntValue("AT", static_cast<long>(time.time_since_epoch().count()));
  row.SetValue("TIME", short_time(time, now));
}

void put_kind(TemplateDictionary& row, EventKind kind, std::string_view line, Language language) {
  row.SetValue("KIND", uncopied(name(kind)));
  if (kind == EventKind::speak) {
    put_line(*row.AddSectionDictionary("SPOKE"), line);
    return;
  }
  TemplateDictionary* moved = row.AddSectionDictionary("MOVED");
  moved->SetValue("DID", uncopied(did_word(kind, language)));
  moved->SetValue("WORD_LEFT", uncopied(line));
}

void put_event(TemplateDictionary& values, const Event& event, const RoomView& view,
               Language language) {
  TemplateDictionary* row = values.AddSectionDictionary("EVENT")->AddIncludeDictionary("EVENT_ROW");
  row->SetFilename("event.tpl");
  row->SetIntValue("EVENT", static_cast<long>(event.number.value));
  row->SetIntValue("COLOUR", colour_of(event.who));
  row->SetValue("WHO", event.who.handle);
  put_time(*row, event.at, view.now);
  put_kind(*row, event.kind, event.line, language);
  const bool is_of_others = event.kind == EventKind::speak && event.who.id != view.me.id;
  if (is_of_others && calls(event.line, view.me.handle)) row->SetValue("CALLED", "called");
}

void put_state(TemplateDictionary& row, MemberState state, Language language) {
  const bool away = state == MemberState::away;
  row.SetValue("STATE", away ? "away" : "here");
  row.SetValue("STATE_WORD", uncopied(word(away ? "W_AWAY" : "W_HERE", language)));
}

void put_member(TemplateDictionary& values, const Member& member, const RoomView& view,
                Language language) {
  TemplateDictionary* row =
      values.AddSectionDictionary("MEMBER")->AddIncludeDictionary("MEMBER_ROW");
  row->SetFilename("member.tpl");
  row->SetIntValue("COLOUR", colour_of(member.who));
  row->SetValue("WHO", member.who.handle);
  put_time(*row, member.since, view.now);
  put_state(*row, member.state, language);
  row->SetValue("WORD_LEFT", member.word);
}

/// The same rows without content: what the page's script fills in, so that it needs neither markup nor words.
void put_shapes(TemplateDictionary& values, Language language) {
  for (const EventKind kind : kKinds) {
    TemplateDictionary* shape = values.AddSectionDictionary("EVENT_SHAPE");
    shape->SetValue("SHAPE_KIND", uncopied(name(kind)));
    TemplateDictionary* row = shape->AddIncludeDictionary("EVENT_ROW");
    row->SetFilename("event.tpl");
    put_kind(*row, kind, "", language);
  }
  for (const MemberState state : {MemberState::here, MemberState::away}) {
    TemplateDictionary* shape = values.AddSectionDictionary("MEMBER_SHAPE");
    shape->SetValue("SHAPE_STATE", state == MemberState::away ? "away" : "here");
    TemplateDictionary* row = shape->AddIncludeDictionary("MEMBER_ROW");
    row->SetFilename("member.tpl");
    put_state(*row, state, language);
  }
}

MemberState state_of(const Account& me, const std::vector<Member>& members) {
  const auto found =
      std::ranges::find(members, me.id, [](const Member& member) { return member.who.id; });
  return found == members.end() ? MemberState::here : found->state;
}

void put_room(TemplateDictionary& values, const RoomView& view) {
  values.SetValue("ROOM_PATH", path_of(view.room));
  values.SetValue("ROOM_NAME", view.room.name);
  values.SetValue("ROOM_TOPIC", view.room.topic);
  values.SetValue("ROOM_OWNER", view.room.owner.handle);
  values.SetIntValue("ROOM_NUMBER", static_cast<long>(view.room.number.value));
  values.SetIntValue("AWAY_WORD_CHARS", static_cast<long>(limits::kAwayWordChars));
  values.SetValue("ONCE", view.once);
  if (view.me.id == view.room.owner.id) values.ShowSection("IS_OWNER");
  if (!view.room.posts_on()) values.ShowSection("STAYS_HERE");
  if (view.room.has_target) values.ShowSection("HAS_TARGET");
  const auto& events = view.visit.snapshot.events;
  const std::int64_t first = events.empty() ? 0 : events.front().number.value;
  values.SetIntValue("FIRST", static_cast<long>(first));
  if (first <= 1) values.ShowSection("IS_ALL");
}

}  // namespace

std::string Pages::room(const Frame& frame, const RoomView& view) const {
  TemplateDictionary values("room");
  const auto& [ticket, snapshot] = view.visit;
  dress(values, frame, view.room.name);
  put_room(values, view);
  values.SetIntValue("LAST", static_cast<long>(snapshot.last.value));
  values.SetValue("MY_STATE",
                  state_of(view.me, snapshot.members) == MemberState::away ? "away" : "here");
  values.SetIntValue("POLL_MS", static_cast<long>(view.poll_every.count()));
  values.SetIntValue("INSIDE_COUNT", static_cast<long>(snapshot.members.size()));
  values.SetValue("JSAPI_URL", channel_script_);
  values.SetValue("JS_URL", static_url("retro.js"));
  if (ticket) {
    values.SetValue("CHANNEL_TOKEN", ticket->token);
    values.SetIntValue("CHANNEL_ISSUED",
                       static_cast<long>(ticket->issued.time_since_epoch().count()));
  }
  for (const Member& member : snapshot.members) put_member(values, member, view, frame.language);
  for (const Event& event : snapshot.events) put_event(values, event, view, frame.language);
  put_shapes(values, frame.language);
  return templates_.expand("room.tpl", values);
}

}  // namespace retrochat
