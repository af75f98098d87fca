#include "api/channel_calls.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "api/answer_json.h"
#include "api/call_arguments.h"

namespace tayori::api {
namespace {

Result<Policy> policy_of(const JsonBody& body) {
  const auto named = body.optional_string("policy", ErrorCode::invalid_request);
  if (!named) return named.error();
  if (!*named) return Policy::multi;
  const auto known = std::ranges::find(kPolicyWords, **named);
  if (known == kPolicyWords.end())
    return Error::of(ErrorCode::invalid_request, "policy has to be multi, replace or reject.");
  return static_cast<Policy>(known - kPolicyWords.begin());
}

Result<std::optional<std::chrono::minutes>> duration_of(const JsonBody& body) {
  using Duration = std::optional<std::chrono::minutes>;
  const auto minutes = body.whole_number("duration_minutes", ErrorCode::invalid_duration);
  if (!minutes) return minutes.error();
  if (!*minutes) return Duration{};
  // Compared before it becomes a duration, in which a huge number would overflow.
  if (**minutes < limits::kTokenLifeMin.count() || **minutes > limits::kTokenLifeMax.count())
    return ErrorCode::invalid_duration;
  return Duration{std::chrono::minutes(**minutes)};
}

void create_channel(const Backend& backend, JsonBody body, const Answer& answer) {
  const auto client_id = client_id_of(body);
  if (!client_id) return answer(client_id.error());
  const auto duration = duration_of(body);
  if (!duration) return answer(duration.error());
  auto groups = groups_of(body);
  if (!groups) return answer(groups.error());
  const auto policy = policy_of(body);
  if (!policy) return answer(policy.error());
  answer.of(backend.hub.create_channel(*client_id,
                                       {.duration = duration->value_or(backend.settings.token_life),
                                        .groups = std::move(*groups),
                                        .policy = *policy}));
}

template <typename Change>
auto changing_membership(Change change) {
  return [change](const Backend& backend, JsonBody body, const Answer& answer) {
    auto group = group_of(body);
    if (!group) return answer(group.error());
    auto client_id = client_id_of(body);
    if (!client_id) return answer(client_id.error());
    (backend.hub.*change)(std::move(*group), std::move(*client_id),
                          [answer](const Result<Membership>& changed) { answer.of(changed); });
  };
}

void groups(const Backend& backend, JsonBody body, const Answer& answer) {
  const auto after = after_of(body);
  if (!after) return answer(after.error());
  const auto limit = limit_of(body);
  if (!limit) return answer(limit.error());
  if (!body.has("client_id")) return answer(json_of(backend.hub.groups(*after, *limit)));
  const auto client_id = client_id_of(body);
  if (!client_id) return answer(client_id.error());
  answer(json_of(backend.hub.groups_of(*client_id, *after, *limit)));
}

Result<std::string> presence_of(const Backend& backend, JsonBody& body) {
  if (const auto one = check_choice(body, {"client_ids", "group", "events_since"}, true); !one)
    return one.error();
  const auto limit = limit_of(body);
  if (!limit) return limit.error();
  const auto after = after_of(body);
  if (!after) return after.error();
  if (body.has("after") && (body.has("client_ids") || body.has("events_since")))
    return Error::of(ErrorCode::invalid_request, "after goes with group, or alone.");
  if (body.has("events_since")) {
    const auto since = cursor_of(body, "events_since");
    if (!since) return since.error();
    return json_of(backend.hub.presence_events(**since, *limit));
  }
  if (body.has("client_ids")) {
    const auto client_ids = client_ids_of(body);
    if (!client_ids) return client_ids.error();
    return json_of(backend.hub.present(*client_ids));
  }
  if (!body.has("group")) return json_of(backend.hub.present(*after, *limit));
  const auto group = group_of(body);
  if (!group) return group.error();
  return json_of(backend.hub.present_in(*group, *after, *limit));
}

void disconnect(const Backend& backend, JsonBody body, const Answer& answer) {
  auto client_id = client_id_of(body);
  if (!client_id) return answer(client_id.error());
  auto reason = short_text_of(body, "reason");
  if (!reason) return answer(reason.error());
  const auto revokes = body.truth("revoke");
  if (!revokes) return answer(revokes.error());
  backend.hub.disconnect(
      std::move(*client_id),
      {.reason = std::move(*reason), .tokens = *revokes ? Tokens::revoke : Tokens::keep},
      [answer](const Result<Disconnected>& ended) { answer.of(ended); });
}

Result<std::string> history_of(const Backend& backend, JsonBody& body) {
  const auto topic = topic_of(body, client_id_of);
  if (!topic) return topic.error();
  const auto after = cursor_of(body, "after");
  if (!after) return after.error();
  const auto limit = limit_of(body);
  if (!limit) return limit.error();
  return json_of(backend.hub.history(*topic, *after, *limit));
}

}  // namespace

void add_channel_calls(Router& router, const Backend& backend) {
  add_call(router, backend, "create_channel", {"client_id", "duration_minutes", "groups", "policy"},
           create_channel);
  add_call(router, backend, "join_group", {"group", "client_id"},
           changing_membership(&hub::Hub::join_group));
  add_call(router, backend, "leave_group", {"group", "client_id"},
           changing_membership(&hub::Hub::leave_group));
  add_call(router, backend, "groups", {"client_id", "after", "limit"}, groups);
  add_call(router, backend, "presence", {"client_ids", "group", "events_since", "after", "limit"},
           [](const Backend& asked, JsonBody body, const Answer& answer) {
             answer(presence_of(asked, body));
           });
  add_call(router, backend, "disconnect", {"client_id", "reason", "revoke"}, disconnect);
  add_call(router, backend, "history", {"client_id", "group", "everyone", "after", "limit"},
           [](const Backend& asked, JsonBody body, const Answer& answer) {
             answer(history_of(asked, body));
           });
  add_call(router, backend, "server", {},
           [](const Backend& asked, const JsonBody& /*body*/, const Answer& answer) {
             answer(json_of(asked.settings.server));
           });
}

}  // namespace tayori::api
