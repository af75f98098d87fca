#include "client/answers.h"

#include "client/members.h"

namespace tayori::client {
namespace {

constexpr int kFirstOfServerErrors = 500;

std::optional<Gap> gap_of(const Object& object) {
  const Object* gap = object_of(object, "gap");
  if (gap == nullptr) return std::nullopt;
  const auto from = parsed_of<Cursor>(*gap, "from");
  const auto to = parsed_of<Cursor>(*gap, "to");
  return from && to ? std::optional(Gap{*from, *to}) : std::nullopt;
}

/// A gap is there, or null, or broken.
bool has_good_gap(const Object& object) {
  const auto* gap = object.if_contains("gap");
  return gap != nullptr && (gap->is_null() || gap_of(object));
}

/// A result of a batch: an outcome in either case.
std::optional<Result<Sent>> read_result(const Object& object) {
  if (const Object* problem = object_of(object, "error")) {
    const auto error = read_problem(*problem);
    return error ? std::optional<Result<Sent>>(*error) : std::nullopt;
  }
  const auto sent = read_sent(object);
  return sent ? std::optional<Result<Sent>>(*sent) : std::nullopt;
}

std::optional<GroupSize> read_group_size(const Object& object) {
  const auto group = parsed_of<GroupName>(object, "group");
  const auto members = count_of(object, "members");
  if (!group || !members) return std::nullopt;
  return GroupSize{*group, *members};
}

std::optional<Present> read_one_present(const Object& object) {
  const auto client_id = parsed_of<ClientId>(object, "client_id");
  const auto sessions = count_of(object, "sessions");
  const auto since = time_of(object, "since");
  if (!client_id || !sessions || !since) return std::nullopt;
  return Present{*client_id, *sessions, *since};
}

std::optional<PresenceEdge> read_edge(const Object& object) {
  const auto kind = word_of<PresenceEdge::Kind>(object, "type", kPresenceKindWords);
  const auto client_id = parsed_of<ClientId>(object, "client_id");
  const auto generation = count_of(object, "generation");
  const auto at = time_of(object, "at");
  if (!kind || !client_id || !generation || !at) return std::nullopt;
  // A newer server may know more reasons; the edge counts all the same.
  const auto reason = word_of<PresenceEdge::Reason>(object, "reason", kPresenceReasonWords);
  return PresenceEdge{.kind = *kind,
                      .client_id = *client_id,
                      .reason = reason.value_or(PresenceEdge::Reason::none),
                      .generation = *generation,
                      .at = *at};
}

std::optional<HistoryMessage> read_history_message(const Object& object) {
  const auto cursor = parsed_of<Cursor>(object, "cursor");
  auto message = text_of(object, "message");
  if (!cursor || !message) return std::nullopt;
  return HistoryMessage{*cursor, std::move(*message)};
}

}  // namespace

std::optional<Error> read_problem(const Object& object) {
  const auto code = text_of(object, "code");
  const auto status = count_of(object, "status");
  if (!code || !status) return std::nullopt;
  const std::string detail = text_of(object, "detail").value_or("");
  const auto row = std::ranges::find(kErrorFacts, std::string_view(*code), &ErrorFacts::name);
  if (row == kErrorFacts.end()) {
    const bool is_servers = *status >= kFirstOfServerErrors;
    return Error::of(is_servers ? ErrorCode::internal_error : ErrorCode::invalid_request,
                     *code + (detail.empty() ? "" : ": ") + detail);
  }
  const auto known = static_cast<ErrorCode>(row - kErrorFacts.begin());
  return detail.empty() ? Error::of(known) : Error::of(known, detail);
}

std::optional<Channel> read_channel(const Object& object) {
  auto token = text_of(object, "token");
  const auto client_id = parsed_of<ClientId>(object, "client_id");
  const auto expires_at = time_of(object, "expires_at");
  if (!token || !client_id || !expires_at) return std::nullopt;
  return Channel{std::move(*token), *client_id, *expires_at};
}

std::optional<Sent> read_sent(const Object& object) {
  const auto cursor = parsed_of<Cursor>(object, "cursor");
  const auto sessions = count_of(object, "sessions");
  if (!cursor || !sessions) return std::nullopt;
  return Sent{.cursor = *cursor,
              .sessions = *sessions,
              .is_repeated = truth_of(object, "repeated").value_or(false),
              .verdict = word_of<Verdict>(object, "verdict", kVerdictWords)};
}

std::optional<std::vector<Result<Sent>>> read_batch(const Object& object) {
  return list_of<Result<Sent>>(object, "results", &read_result);
}

std::optional<Membership> read_membership(const Object& object) {
  const auto cursor = parsed_of<Cursor>(object, "cursor");
  const auto members = count_of(object, "members");
  if (!cursor || !members) return std::nullopt;
  return Membership{*cursor, *members};
}

std::optional<Groups> read_groups(const Object& object) {
  auto groups = list_of<GroupSize>(object, "groups", &read_group_size);
  if (!groups) return std::nullopt;
  return Groups{std::move(*groups), text_of(object, "next")};
}

std::optional<PresentClients> read_present(const Object& object) {
  auto clients = list_of<Present>(object, "clients", &read_one_present);
  const auto cursor = parsed_of<Cursor>(object, "cursor");
  if (!clients || !cursor) return std::nullopt;
  return PresentClients{std::move(*clients), text_of(object, "next"), *cursor};
}

std::optional<PresenceEvents> read_presence_events(const Object& object) {
  auto events = list_of<PresenceEdge>(object, "events", &read_edge);
  const auto cursor = parsed_of<Cursor>(object, "cursor");
  const auto more = truth_of(object, "more");
  if (!events || !cursor || !more || !has_good_gap(object)) return std::nullopt;
  return PresenceEvents{std::move(*events), *cursor, *more, gap_of(object)};
}

std::optional<Disconnected> read_disconnected(const Object& object) {
  const auto cursor = parsed_of<Cursor>(object, "cursor");
  const auto sessions = count_of(object, "sessions");
  if (!cursor || !sessions) return std::nullopt;
  return Disconnected{*cursor, *sessions};
}

std::optional<History> read_history(const Object& object) {
  auto messages = list_of<HistoryMessage>(object, "messages", &read_history_message);
  const auto cursor = parsed_of<Cursor>(object, "cursor");
  const auto more = truth_of(object, "more");
  if (!messages || !cursor || !more || !has_good_gap(object)) return std::nullopt;
  return History{std::move(*messages), *cursor, *more, gap_of(object)};
}

std::optional<ServerFacts> read_server(const Object& object) {
  auto version = text_of(object, "version");
  auto public_url = text_of(object, "public_url");
  auto prefix = text_of(object, "prefix");
  if (!version || !public_url || !prefix) return std::nullopt;
  return ServerFacts{std::move(*version), std::move(*public_url), std::move(*prefix)};
}

}  // namespace tayori::client
