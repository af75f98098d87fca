#include "hub/control.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <utility>

#include "base/ascii.h"

namespace tayori::hub {
namespace {

using Reason = PresenceEdge::Reason;
using WallTime = Control::WallTime;

std::optional<Reason> reason_of(std::string_view word) {
  const auto found = std::ranges::find(kPresenceReasonWords, word);
  // Nobody goes without a reason: `none`, which has no word, is of those who come.
  if (word.empty() || found == kPresenceReasonWords.end()) return std::nullopt;
  return static_cast<Reason>(found - kPresenceReasonWords.begin());
}

std::string text(WallTime at) {
  using std::chrono::microseconds;
  return std::to_string(std::chrono::floor<microseconds>(at.time_since_epoch()).count());
}

std::optional<WallTime> time_of(std::string_view text) {
  // The clock counts finer than the text does: not every number fits.
  using std::chrono::microseconds;
  constexpr auto kLatest = std::chrono::floor<microseconds>(WallTime::max().time_since_epoch());
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (count > kLatest.count() || count < -kLatest.count()) return std::nullopt;
  return WallTime(microseconds(count));
}

struct Writer {
  std::string operator()(const Control::Join& join) const { return "join\n" + join.group.text(); }
  std::string operator()(const Control::Leave& leave) const {
    return "leave\n" + leave.group.text();
  }
  std::string operator()(const Control::Come& come) const { return "come\n" + text(come.at); }
  std::string operator()(const Control::Go& go) const {
    return "go\n" + text(go.at) + '\n' + std::string(word(go.reason));
  }
  std::string operator()(const Control::End& end) const {
    return "end\n" + text(end.at) + (end.revokes ? "\nrevoke\n" : "\nkeep\n") + end.why;
  }
};

template <typename GroupAct>
std::optional<Control::Act> group_act(std::string_view rest) {
  auto group = GroupName::parse(rest);
  if (!group) return std::nullopt;
  return GroupAct{std::move(*group)};
}

std::optional<Control::Act> act_of(std::string_view body) {
  const std::string_view verb = base::take_until(body, '\n');
  if (verb == "join") return group_act<Control::Join>(body);
  if (verb == "leave") return group_act<Control::Leave>(body);
  const auto at = time_of(base::take_until(body, '\n'));
  if (!at) return std::nullopt;
  if (verb == "come") return Control::Come{*at};
  if (verb == "go") {
    const auto reason = reason_of(base::take_until(body, '\n'));
    if (!reason) return std::nullopt;
    return Control::Go{*at, *reason};
  }
  if (verb != "end") return std::nullopt;
  const std::string_view tokens = base::take_until(body, '\n');
  if (tokens != "revoke" && tokens != "keep") return std::nullopt;
  return Control::End{.at = *at, .revokes = tokens == "revoke", .why = std::string(body)};
}

}  // namespace

broker::Record record_of(const Control& control) {
  return {.kind = broker::Record::Kind::control,
          .topic = broker::Topic::of(control.client_id),
          .body = std::visit(Writer{}, control.act),
          .key = {}};
}

std::optional<Control> control_of(const broker::Record& record) {
  auto client_id = ClientId::parse(record.topic.name);
  auto act = act_of(record.body);
  if (record.topic.kind != broker::Topic::Kind::client || !client_id || !act) return std::nullopt;
  return Control{std::move(*client_id), std::move(*act)};
}

}  // namespace tayori::hub
