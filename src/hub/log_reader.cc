#include "hub/log_reader.h"

#include <utility>
#include <variant>

namespace tayori::hub {

/// What becomes of each kind of control record.
struct LogReader::Reading {
  LogReader& reader;
  const Sequence number;
  const ClientId& client_id;

  [[nodiscard]] broker::Topic client() const { return broker::Topic::of(client_id); }

  Taken operator()(const Control::Join& join) const {
    const auto members = reader.tail_.join_group(number, client(), broker::Topic::of(join.group));
    if (!members) return {.number = number, .refused = members.error()};
    return {.number = number, .count = *members};
  }
  Taken operator()(const Control::Leave& leave) const {
    return {.number = number,
            .count = reader.tail_.leave_group(number, client(), broker::Topic::of(leave.group))};
  }
  Taken operator()(const Control::Come& come) const {
    reader.tail_.pass(number);
    reader.roster_.come(number, client_id, come);
    return {.number = number};
  }
  Taken operator()(const Control::Go& go) const {
    reader.tail_.pass(number);
    reader.roster_.go(number, client_id, go);
    return {.number = number};
  }
  Taken operator()(const Control::End& end) const {
    reader.tail_.pass(number);
    // Before they are told: a page that comes back at once is refused.
    const auto revoked =
        end.revokes ? reader.revocations_.revoke(client_id, number, end.at) : success();
    if (!revoked) return {.number = number, .refused = revoked.error()};
    reader.endings_.end(client_id.text(), number, end.why, reader.clock_.steady());
    const std::size_t sessions = reader.tail_.sessions(client());
    if (reader.ended_) reader.ended_(client_id, end);
    return {.number = number, .count = sessions};
  }
};

void LogReader::on_record(Sequence number, broker::Record&& record) {
  newest_ = record.kind == broker::Record::Kind::message ? take_message(number, record)
                                                         : take_control(number, record);
}

LogReader::Taken LogReader::take_message(Sequence number, const broker::Record& record) {
  if (record.key.empty())
    return {.number = number, .count = tail_.take_message(number, record.topic, record.body)};
  const auto now = clock_.steady();
  const auto first = repeats_.find(record, now);
  if (!first || *first) tail_.pass(number);
  if (!first) return {.number = number, .refused = first.error()};
  if (*first) return {.number = (*first)->number, .count = (*first)->sessions, .is_repeated = true};
  const std::size_t sessions = tail_.take_message(number, record.topic, record.body);
  repeats_.remember(record, {number, sessions}, now);
  return {.number = number, .count = sessions};
}

LogReader::Taken LogReader::take_control(Sequence number, const broker::Record& record) {
  const auto control = control_of(record);
  if (control) return std::visit(Reading{*this, number, control->client_id}, control->act);
  tail_.pass(number);
  return {.number = number};
}

}  // namespace tayori::hub
