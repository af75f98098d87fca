#include "hub/hub.h"

#include <utility>

namespace tayori::hub {

Hub::Hub(const HubSettings& settings, std::unique_ptr<broker::Broker> broker, access::Tokens tokens,
         const base::Clock& clock)
    : clock_(clock),
      session_limits_(settings.session),
      broker_(std::move(broker)),
      tail_(settings.history, clock, settings.memberships),
      roster_(broker_->epoch(), settings.remembered_edges, clock),
      revocations_(broker_->epoch(), settings.revocations),
      log_reader_(tail_, roster_, revocations_, endings_,
                  {.age = settings.history.age, .keys = settings.idempotency_keys}, clock),
      presence_(settings.presence_grace, clock),
      confirmations_([this](const ClientId& client_id) { return roster_.is_here(client_id); }),
      channels_(std::move(tokens), clock, base::Random::system()),
      dev_polls_(broker_->epoch(), tail_, presence_) {
  presence_.on_change([this](const Control& control) { append(control, {}); });
  roster_.on_edge([this](const PresenceEdge& edge) {
    for (const auto& hook : hooks_) hook->tell(edge);
    if (presence_handler_ && !is_ending_) presence_handler_(edge);
  });
  log_reader_.on_ended([this](const ClientId& client_id, const Control::End& end) {
    on_each_loop([client = broker::Topic::of(client_id), end](LoopHub& loop) {
      loop.end_all_of(client, end);
    });
  });
  broker_->start(log_reader_);
}

Hub::~Hub() = default;

void Hub::add_presence_hook(PresenceTarget target, const DeliveryLimits& limits,
                            const net::OutgoingLimits& outgoing) {
  hooks_.push_back(std::make_unique<PresenceHook>(std::move(target), limits, outgoing, clock_,
                                                  base::Random::system()));
}

void Hub::end_presence() {
  is_ending_ = true;
  presence_.end();
}

LoopHub& Hub::add_loop(net::Loop& loop) {
  const Node node{.epoch = broker_->epoch(),
                  .limits = session_limits_,
                  .tail = tail_,
                  .channels = channels_,
                  .presence = presence_,
                  .revocations = revocations_,
                  .endings = endings_,
                  .confirmations = confirmations_,
                  .dev_polls = dev_polls_,
                  .loops = loops_,
                  .pages_opened = pages_opened_};
  const auto index = static_cast<LoopIndex>(loops_.size());
  loops_.push_back(std::make_unique<LoopHub>(loop, index, node, base::Random::system()));
  tail_.add_loop(loops_.back()->inbox());
  return *loops_.back();
}

void Hub::on_each_loop(const std::function<void(LoopHub&)>& act) {
  for (const auto& loop : loops_) loop->loop().post([act, home = loop.get()] { act(*home); });
}

Result<Channel> Hub::create_channel(const ClientId& client_id, const ChannelOptions& options) {
  return channels_.create(client_id, options, cursor(tail_.head()));
}

Result<access::TokenClaims> Hub::read_token(std::string_view token) const {
  auto claims = channels_.read(token);
  if (claims && revocations_.is_revoked(*claims)) return ErrorCode::token_revoked;
  return claims;
}

}  // namespace tayori::hub
