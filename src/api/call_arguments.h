// Call arguments: the members that calls of backends share, read and checked in one way.
//
// Threads: any (functions).
// Source:  spec/openapi.yaml (components/schemas)
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/json_body.h"
#include "broker/topic.h"
#include "tayori/client_id.h"
#include "tayori/cursor.h"
#include "tayori/group_name.h"
#include "tayori/result.h"

namespace tayori::api {

inline constexpr std::size_t kNamesMax = 1'000;
inline constexpr std::size_t kLimitDefault = 100;
inline constexpr std::size_t kLimitMax = 1'000;
inline constexpr std::size_t kShortTextBytes = 256;

using ReadClient = std::function<Result<ClientId>(JsonBody&)>;

Result<ClientId> client_id_of(JsonBody& body);
Result<GroupName> group_of(JsonBody& body);
/// 1 to 1,000 client ids.
Result<std::vector<ClientId>> client_ids_of(const JsonBody& body);
Result<std::vector<GroupName>> groups_of(const JsonBody& body);
Result<std::optional<Cursor>> cursor_of(const JsonBody& body, std::string_view name);
/// How many entries an answer may have.
Result<std::size_t> limit_of(const JsonBody& body);
/// The name that a page of an answer goes on after; "" for the first.
Result<std::string> after_of(const JsonBody& body);
/// Text of 1 to 256 bytes without control characters; "" when it is missing.
Result<std::string> short_text_of(const JsonBody& body, std::string_view name);
/// The topic that client_id, group or everyone names: exactly one of them.
Result<broker::Topic> topic_of(JsonBody& body, const ReadClient& client_of);
/// That one of `names` is given, or, if `may_be_none`, none.
Outcome check_choice(const JsonBody& body, const std::vector<std::string_view>& names,
                     bool may_be_none);

}  // namespace tayori::api
