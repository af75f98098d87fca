#include "hub/hub.h"

#include <utility>

namespace tayori::hub {

Hub::Hub(const HubSettings& settings, std::unique_ptr<broker::Broker> broker, access::Tokens tokens,
         const base::Clock& clock)
    : clock_(clock),
      session_limits_(settings.session),
      tail_(settings.history, clock),
      presence_(settings.presence_grace, clock),
      channels_(std::move(tokens), clock, base::Random::system()),
      broker_(std::move(broker)),
      dev_polls_(broker_->epoch(), tail_, presence_) {
  broker_->start(tail_);
  presence_.on_edge([this](const PresenceEdge& edge) {
    for (const auto& hook : hooks_) hook->tell(edge);
    if (presence_handler_ && !is_ending_) presence_handler_(edge);
  });
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
                  .dev_polls = dev_polls_,
                  .loops = loops_,
                  .pages_opened = pages_opened_};
  const auto index = static_cast<LoopIndex>(loops_.size());
  loops_.push_back(std::make_unique<LoopHub>(loop, index, node, base::Random::system()));
  tail_.add_loop(loops_.back()->inbox());
  return *loops_.back();
}

Result<Channel> Hub::create_channel(const ClientId& client_id, const ChannelOptions& options) {
  return channels_.create(client_id, options, {broker_->epoch(), tail_.head()});
}

void Hub::publish(broker::Topic topic, Payload message, SentHandler done) {
  broker::Record record{.kind = broker::Record::Kind::message,
                        .topic = std::move(topic),
                        .body = std::move(message).text()};
  broker_->append(std::move(record), [this, done = std::move(done)](Result<Sequence> number) {
    if (!done) return;
    if (!number) return done(number.error());
    done(Sent{.cursor = {broker_->epoch(), *number}, .sessions = tail_.newest_sessions()});
  });
}

}  // namespace tayori::hub
