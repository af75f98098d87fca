// What a backend asks of the hub: what it appends to the log, and what it reads of what the log has said.
#include <algorithm>
#include <utility>

#include "base/check.h"
#include "hub/hub.h"

namespace tayori::hub {

template <typename Value>
const LogReader::Taken* Hub::taken_or_told(const Result<Sequence>& number,
                                           const Handler<Value>& done) const {
  if (!done) return nullptr;
  const LogReader::Taken& taken = log_reader_.newest();
  if (number && !taken.refused) return &taken;
  done(number ? *taken.refused : number.error());
  return nullptr;
}

void Hub::publish(Send send, SentHandler done) {
  broker::Record record{.kind = broker::Record::Kind::message,
                        .topic = std::move(send.topic),
                        .body = std::move(send.message).text(),
                        .key = std::move(send.idempotency_key)};
  std::string waiting = send.wait ? record.topic.name : std::string();
  broker_->append(std::move(record), [this, done = std::move(done), wait = send.wait,
                                      client = std::move(waiting)](Result<Sequence> number) {
    const LogReader::Taken* taken = taken_or_told(number, done);
    if (taken == nullptr) return;
    const Sent sent{.cursor = cursor(taken->number),
                    .sessions = taken->count,
                    .is_repeated = taken->is_repeated,
                    .verdict = {}};
    if (!wait) return done(sent);
    const auto client_id = ClientId::parse(client);
    CHECK(client_id.has_value(), "only what is sent to a client id can be waited for");
    await_confirmation(*client_id, sent, *wait, done);
  });
}

void Hub::await_confirmation(const ClientId& client_id, const Sent& sent, std::chrono::seconds wait,
                             SentHandler done) {
  auto answer = [sent, done = std::move(done)](Verdict verdict) {
    Sent told = sent;
    told.verdict = verdict;
    done(told);
  };
  if (!roster_.is_here(client_id)) return answer(Verdict::no_session);
  confirmations_.await(client_id, sent.cursor.sequence, clock_.steady() + wait, std::move(answer));
  // Pages that open after this find out by themselves that they are asked.
  on_each_loop([client = broker::Topic::of(client_id)](LoopHub& loop) { loop.ask_all_of(client); });
}

void Hub::join_group(GroupName group, ClientId client_id, Handler<Membership> done) {
  change_membership(std::move(client_id), Control::Join{std::move(group)}, std::move(done));
}

void Hub::leave_group(GroupName group, ClientId client_id, Handler<Membership> done) {
  change_membership(std::move(client_id), Control::Leave{std::move(group)}, std::move(done));
}

void Hub::change_membership(ClientId client_id, Control::Act act, Handler<Membership> done) {
  append({.client_id = std::move(client_id), .act = std::move(act)},
         [this, done = std::move(done)](Result<Sequence> number) {
           const LogReader::Taken* taken = taken_or_told(number, done);
           if (taken == nullptr) return;
           done(Membership{.cursor = cursor(taken->number), .members = taken->count});
         });
}

void Hub::disconnect(ClientId client_id, DisconnectOptions options, Handler<Disconnected> done) {
  // The log counts none that are behind. Before the append, since presence itself appends under its lock.
  const std::size_t sessions = presence_.sessions(broker::Topic::of(client_id));
  append({.client_id = std::move(client_id),
          .act = Control::End{.at = clock_.wall(),
                              .revokes = options.tokens == Tokens::revoke,
                              .why = std::move(options.reason)}},
         [this, sessions, done = std::move(done)](Result<Sequence> number) {
           const LogReader::Taken* taken = taken_or_told(number, done);
           if (taken == nullptr) return;
           done(Disconnected{.cursor = cursor(taken->number), .sessions = sessions});
         });
}

PresentClients Hub::counted(PresentClients clients) const {
  for (Present& present : clients.clients)
    present.sessions = presence_.sessions(broker::Topic::of(present.client_id));
  return clients;
}

PresentClients Hub::present(std::span<const ClientId> client_ids) const {
  return counted(roster_.find(client_ids));
}

PresentClients Hub::present(std::string_view after, std::size_t limit) const {
  return counted(roster_.list(after, limit));
}

PresentClients Hub::present_in(const GroupName& group, std::string_view after,
                               std::size_t limit) const {
  return counted(roster_.list_among(tail_.clients_of(broker::Topic::of(group)), after, limit));
}

History Hub::history(const broker::Topic& topic, const std::optional<Cursor>& after,
                     std::size_t limit) const {
  const bool is_foreign = after && after->epoch != broker_->epoch();
  const Sequence from = after && !is_foreign ? after->sequence : Sequence{};
  const Tail::Page page = tail_.read_topic(topic, from, limit);
  History history{.messages = {}, .cursor = cursor(page.place), .more = !page.at_head, .gap = {}};
  // Who names no place asks for what there is, and has lost nothing.
  if (after && (is_foreign || page.lost_through > from))
    history.gap = Gap{*after, cursor(page.lost_through)};
  history.messages.reserve(page.items.size());
  for (const session::EnvelopeRef& item : page.items)
    history.messages.push_back({cursor(item->sequence()), std::string(item->data())});
  return history;
}

}  // namespace tayori::hub
