// Answers: the JSON of the backend API as values of the vocabulary.
//
// Each function gives nothing for what lacks a member or holds one of another kind; members that it does not know are passed over, so that
// a newer server may say more.
//
// Threads: any (functions).
// Source:  spec/openapi.yaml
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <vector>

#include "tayori/channel.h"
#include "tayori/disconnect.h"
#include "tayori/group.h"
#include "tayori/history.h"
#include "tayori/presence.h"
#include "tayori/result.h"
#include "tayori/server_facts.h"

namespace tayori::client {

/// A problem document. A code that is not in the table of errors, of a newer server, becomes internal_error or
/// invalid_request by its status, and stands in `detail`.
std::optional<Error> read_problem(const boost::json::object& object);

std::optional<Channel> read_channel(const boost::json::object& object);
std::optional<Sent> read_sent(const boost::json::object& object);
std::optional<std::vector<Result<Sent>>> read_batch(const boost::json::object& object);
std::optional<Membership> read_membership(const boost::json::object& object);
std::optional<Groups> read_groups(const boost::json::object& object);
std::optional<PresentClients> read_present(const boost::json::object& object);
std::optional<PresenceEvents> read_presence_events(const boost::json::object& object);
std::optional<Disconnected> read_disconnected(const boost::json::object& object);
std::optional<History> read_history(const boost::json::object& object);
std::optional<ServerFacts> read_server(const boost::json::object& object);

}  // namespace tayori::client
