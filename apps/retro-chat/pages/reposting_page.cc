#include "pages/reposting_page.h"

#include <algorithm>
#include <array>

#include "pages/times.h"
#include "pages/words.h"
#include "rooms/address.h"
#include "text/limits.h"

namespace retrochat {
namespace {

using ctemplate::TemplateDictionary;

std::string reason_text(const std::string& reason, Language language) {
  // Those that have a word, in the order of words_reposts.cc.
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kWords{
      {{"unreachable", "W_REPOST_UNREACHABLE"},
       {"timed_out", "W_REPOST_TIMED_OUT"},
       {"address_forbidden", "W_REPOST_ADDRESS_FORBIDDEN"},
       {"unreadable", "W_REPOST_UNREADABLE"},
       {"repetition", "W_REPOST_REPETITION"},
       {"secret_lost", "W_REPOST_SECRET_LOST"},
       {"crowded", "W_REPOST_CROWDED"},
       {"switched_off", "W_REPOST_SWITCHED_OFF"},
       {"moved", "W_REPOST_MOVED"},
       {"too_old", "W_REPOST_TOO_OLD"},
       {"http_401", "W_REPOST_HTTP_401"},
       {"http_429", "W_REPOST_HTTP_429"}}};
  const auto* found = std::ranges::find(kWords, std::string_view(reason),
                                        [](const auto& each) { return each.first; });
  if (found != kWords.end()) return std::string(word(found->second, language));
  return reason.starts_with("http_") ? "HTTP " + reason.substr(5) : reason;
}

std::string_view state_key(RepostState state) {
  constexpr std::array<std::string_view, 4> kKeys{"W_REPOST_WAITING", "W_REPOST_POSTED",
                                                  "W_REPOST_REFUSED", "W_REPOST_GIVEN_UP"};
  return kKeys.at(static_cast<std::size_t>(state));
}

void put_outcome(TemplateDictionary& values, const Repost& repost, const RepostingView& view,
                 Language language) {
  TemplateDictionary* row = values.AddSectionDictionary("OUTCOME");
  row->SetValue("AT_ISO", iso_time(repost.at));
  row->SetValue("AT", short_time(repost.at, view.now));
  row->SetValue("WHO", repost.who);
  row->SetValue("LINE", repost.line);
  row->SetValue("STATE", std::string(name(repost.state)));
  row->SetValue("STATE_WORD", uncopied(word(state_key(repost.state), language)));
  if (!repost.reason.empty())
    row->AddSectionDictionary("WHY")->SetValue("REASON", reason_text(repost.reason, language));
  if (!repost.url.empty()) row->AddSectionDictionary("LINKED")->SetValue("URL", repost.url);
}

void put_target(TemplateDictionary& values, const RepostingView& view, Language language) {
  if (!view.target) return values.ShowSection("NO_TARGET");
  const RepostTarget& target = *view.target;
  TemplateDictionary* shown = values.AddSectionDictionary("TARGET");
  shown->SetValue("KIND", target.kind == RepostKind::x          ? "X"
                          : target.kind == RepostKind::mastodon ? "Mastodon"
                                                                : "Webhook");
  shown->SetValue("ADDRESS", target.address);
  shown->ShowSection(view.room.reposts ? "IS_ON" : "IS_OFF");
  if (!target.paused.empty())
    shown->AddSectionDictionary("PAUSED")->SetValue("REASON", reason_text(target.paused, language));
  if (target.kind == RepostKind::webhook) values.ShowSection("OPEN_WEBHOOK");
  if (target.kind == RepostKind::mastodon) {
    values.ShowSection("OPEN_MASTODON");
    values.ShowSection(target.visibility == "private"    ? "IS_PRIVATE"
                       : target.visibility == "unlisted" ? "IS_UNLISTED"
                                                         : "IS_PUBLIC");
  }
  if (target.kind == RepostKind::x) values.ShowSection("OPEN_X");
  if (target.kind == RepostKind::webhook) values.SetValue("WEBHOOK_ADDRESS", target.address);
  if (target.kind == RepostKind::mastodon) values.SetValue("MASTODON_ADDRESS", target.address);
}

}  // namespace

std::string reposting_page(const Templates& templates, const Frame& frame,
                           const RepostingView& view) {
  TemplateDictionary values("reposting");
  dress(values, frame, word("W_REPOSTING", frame.language));
  values.SetTemplateGlobalValue("ROOM_PATH", path_of(view.room));
  values.SetValue("ROOM_NAME", view.room.name);
  values.SetIntValue("ADDRESS_BYTES", static_cast<long>(limits::kRepostAddressBytes));
  values.SetIntValue("WAITING_COUNT", static_cast<long>(view.counts.waiting));
  values.SetIntValue("GIVEN_UP_COUNT", static_cast<long>(view.counts.given_up));
  if (view.refusal) {
    values.AddSectionDictionary("REFUSED")->SetValue(
        "REFUSAL", uncopied(sentence(*view.refusal, frame.language)));
  }
  if (!view.new_secret.empty())
    values.AddSectionDictionary("NEW_SECRET")->SetValue("SECRET", view.new_secret);
  put_target(values, view, frame.language);
  for (const Repost& repost : view.newest) put_outcome(values, repost, view, frame.language);
  if (view.newest.empty()) values.ShowSection("NO_OUTCOME");
  return templates.expand("reposting.tpl", values);
}

}  // namespace retrochat
