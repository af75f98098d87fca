#include "api/call_arguments.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"

namespace tayori::api {
namespace {

Error wrong(std::string_view name, std::string_view expected) {
  return Error::of(ErrorCode::invalid_request,
                   std::string(name).append(" has to be ").append(expected).append("."));
}

}  // namespace

Result<ClientId> client_id_of(JsonBody& body) {
  const auto text = body.string("client_id", ErrorCode::invalid_client_id);
  if (!text) return text.error();
  return ClientId::parse(*text);
}

Result<GroupName> group_of(JsonBody& body) {
  const auto text = body.string("group", ErrorCode::invalid_group);
  if (!text) return text.error();
  return GroupName::parse(*text);
}

Result<std::vector<ClientId>> client_ids_of(const JsonBody& body) {
  const auto texts = body.strings("client_ids", ErrorCode::invalid_client_id);
  if (!texts) return texts.error();
  if (texts->empty() || texts->size() > kNamesMax)
    return wrong("client_ids", "a list of 1 to 1000 client ids");
  std::vector<ClientId> client_ids;
  client_ids.reserve(texts->size());
  for (const std::string& text : *texts) {
    auto client_id = ClientId::parse(text);
    if (!client_id) return client_id.error();
    client_ids.push_back(std::move(*client_id));
  }
  return client_ids;
}

Result<std::vector<GroupName>> groups_of(const JsonBody& body) {
  const auto names = body.strings("groups", ErrorCode::invalid_group);
  if (!names) return names.error();
  std::vector<GroupName> groups;
  for (const std::string& name : *names) {
    auto group = GroupName::parse(name);
    if (!group) return group.error();
    groups.push_back(std::move(*group));
  }
  return groups;
}

Result<std::optional<Cursor>> cursor_of(const JsonBody& body, std::string_view name) {
  const auto text = body.optional_string(name, ErrorCode::invalid_cursor);
  if (!text) return text.error();
  if (!*text) return std::optional<Cursor>{};
  auto cursor = Cursor::parse(**text);
  if (!cursor) return cursor.error();
  return std::optional(std::move(*cursor));
}

Result<std::size_t> limit_of(const JsonBody& body) {
  const auto number = body.whole_number("limit", ErrorCode::invalid_request);
  if (!number) return number.error();
  if (!*number) return kLimitDefault;
  if (**number < 1 || std::cmp_greater(**number, kLimitMax))
    return wrong("limit", "a whole number from 1 to 1000");
  return static_cast<std::size_t>(**number);
}

Result<std::string> after_of(const JsonBody& body) {
  auto text = body.optional_string("after", ErrorCode::invalid_request);
  if (!text) return text.error();
  return std::move(*text).value_or("");
}

Result<std::string> short_text_of(const JsonBody& body, std::string_view name) {
  auto text = body.optional_string(name, ErrorCode::invalid_request);
  if (!text) return text.error();
  if (!*text) return std::string();
  if ((*text)->empty() || (*text)->size() > kShortTextBytes || base::has_control_characters(**text))
    return wrong(name, "1 to 256 bytes without control characters");
  return std::move(**text);
}

Result<broker::Topic> topic_of(JsonBody& body, const ReadClient& client_of) {
  if (const auto one = check_choice(body, {"client_id", "group", "everyone"}, false); !one)
    return one.error();
  if (body.has("group")) {
    const auto group = group_of(body);
    if (!group) return group.error();
    return broker::Topic::of(*group);
  }
  if (body.has("client_id")) {
    const auto client_id = client_of(body);
    if (!client_id) return client_id.error();
    return broker::Topic::of(*client_id);
  }
  const auto is_everyone = body.truth("everyone");
  if (!is_everyone) return is_everyone.error();
  if (*is_everyone) return broker::Topic::everyone();
  return Error::of(ErrorCode::invalid_request, "everyone has to be true where it is given.");
}

Outcome check_choice(const JsonBody& body, const std::vector<std::string_view>& names,
                     bool may_be_none) {
  const auto given =
      std::ranges::count_if(names, [&](std::string_view name) { return body.has(name); });
  if (given == 1 || (given == 0 && may_be_none)) return success();
  std::string detail = may_be_none ? "At most one of " : "Exactly one of ";
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) detail += i + 1 == names.size() ? " and " : ", ";
    detail += names[i];
  }
  return Error::of(ErrorCode::invalid_request, detail + " has to be given.");
}

}  // namespace tayori::api
