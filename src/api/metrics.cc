#include "api/metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <sstream>
#include <utility>

namespace tayori::api {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

/// One family with one unlabelled value.
class Families {
 public:
  void counter(const char* name, const char* help, std::uint64_t value) {
    ClientMetric metric;
    metric.counter.value = static_cast<double>(value);
    families_.push_back({name, help, MetricType::Counter, {std::move(metric)}});
  }
  void gauge(const char* name, const char* help, std::uint64_t value) {
    ClientMetric metric;
    metric.gauge.value = static_cast<double>(value);
    families_.push_back({name, help, MetricType::Gauge, {std::move(metric)}});
  }
  MetricFamily& labelled(const char* name, const char* help) {
    families_.push_back({name, help, MetricType::Counter, {}});
    return families_.back();
  }
  [[nodiscard]] std::string text() const {
    std::ostringstream out;
    prometheus::TextSerializer().Serialize(out, families_);
    return std::move(out).str();
  }

 private:
  std::vector<MetricFamily> families_;
};

template <typename Items, typename Get>
std::uint64_t sum(const Items& items, Get get) {
  std::uint64_t total = 0;
  for (const auto& item : items) total += get(*item).value();
  return total;
}

void add_evictions(Families& families, const broker::Evictions& evictions) {
  MetricFamily& family = families.labelled(
      "tayori_history_evictions_total",
      "Messages that are held no longer, by the limit that they had to give way to.");
  const auto add = [&](const char* limit, std::uint64_t count) {
    ClientMetric metric;
    metric.label.push_back({"limit", limit});
    metric.counter.value = static_cast<double>(count);
    family.metric.push_back(std::move(metric));
  };
  add("history_s", evictions.age);
  add("history_messages", evictions.messages_per_topic);
  add("history_topic_bytes", evictions.bytes_per_topic);
  add("history_bytes", evictions.bytes);
}

void add_sessions(Families& families, const hub::Hub& hub) {
  const auto of = [&](net::Counter hub::LoopCounters::*counter) {
    return sum(hub.loops(),
               [&](hub::LoopHub& loop) -> net::Counter& { return loop.counters().*counter; });
  };
  families.gauge("tayori_sessions", "Sessions that are open.",
                 of(&hub::LoopCounters::sessions_open));
  families.counter("tayori_sessions_opened_total", "Sessions opened.",
                   of(&hub::LoopCounters::sessions_opened));
  families.gauge("tayori_clients_present", "Client ids that count as present.", hub.present());
  families.counter("tayori_deliveries_total", "Messages queued to sessions.",
                   of(&hub::LoopCounters::deliveries));
  families.counter("tayori_gaps_total", "Gaps told to pages whose place history no longer reaches.",
                   of(&hub::LoopCounters::gaps));
  const auto held = hub.held();
  families.gauge("tayori_history_messages", "Messages held for pages that come back.",
                 held.messages);
  families.gauge("tayori_history_bytes", "Bytes held for pages that come back.", held.bytes);
  add_evictions(families, held.evictions);
  families.gauge("tayori_memberships",
                 "Client ids in groups they have joined (groups.memberships).", held.memberships);
  families.gauge("tayori_revocations", "Client ids whose tokens are revoked (tokens.revocations).",
                 hub.revoked());
  families.counter("tayori_idempotency_keys_forgotten_total",
                   "Keys forgotten for want of room (log.idempotency_keys).", hub.forgotten_keys());
}

void add_presence(Families& families, const hub::Hub& hub) {
  hub::PresenceDeliveries::Counts all{};
  for (const auto& hook : hub.presence_hooks()) {
    const auto counts = hook->counts();
    all.waiting += counts.waiting;
    all.delivered += counts.delivered;
    all.failed += counts.failed;
    all.refused += counts.refused;
    all.cancelled_out += counts.cancelled_out;
    all.given_up += counts.given_up;
  }
  families.gauge("tayori_presence_waiting", "News of presence that backends have not taken yet.",
                 all.waiting);
  families.counter("tayori_presence_delivered_total", "News of presence that a backend took.",
                   all.delivered);
  families.counter("tayori_presence_failed_total",
                   "Deliveries that a backend did not take, each of which is tried again.",
                   all.failed);
  families.counter("tayori_presence_refused_total",
                   "News that a backend has no handler for (404, 405, 410, 501).", all.refused);
  families.counter("tayori_presence_cancelled_total",
                   "Comings and goings that nobody was told of, since they cancelled out.",
                   all.cancelled_out);
  families.counter("tayori_presence_given_up_total",
                   "News given up for want of room (presence.waiting_edges).", all.given_up);
}

void add_receive(Families& families, const hub::PageMessageRelay* relay) {
  const auto counts = relay != nullptr ? relay->counts() : hub::PageMessages::Counts{};
  families.gauge("tayori_receive_open",
                 "Messages of pages that wait for the backend, or for its answer.", counts.open);
  families.counter("tayori_receive_taken_total", "Messages of pages that the backend took.",
                   counts.taken);
  families.counter("tayori_receive_failed_total",
                   "Messages of pages that the backend did not take, or not in time.",
                   counts.failed);
  families.counter("tayori_receive_dropped_total",
                   "Messages dropped because their page had gone before their turn came.",
                   counts.withdrawn);
}

void add_refusals(Families& families, const hub::Hub& hub) {
  MetricFamily& refusals = families.labelled("tayori_refusals_total",
                                             "Requests, frames and pages turned away, by reason.");
  for (std::size_t i = 0; i < kErrorFacts.size(); ++i) {
    ClientMetric metric;
    metric.label.push_back({"reason", std::string(kErrorFacts.at(i).name)});
    metric.counter.value =
        static_cast<double>(sum(hub.loops(), [i](hub::LoopHub& loop) -> net::Counter& {
          return loop.counters().refusals.at(i);
        }));
    refusals.metric.push_back(std::move(metric));
  }
}

void add_traffic(Families& families, const std::vector<const net::Traffic*>& traffic) {
  const auto of = [&](net::Counter net::Traffic::*counter) {
    return sum(traffic,
               [&](const net::Traffic& loop) -> const net::Counter& { return loop.*counter; });
  };
  families.gauge("tayori_connections", "Connections that are open.",
                 of(&net::Traffic::connections_open));
  families.counter("tayori_connections_accepted_total", "Connections accepted.",
                   of(&net::Traffic::connections_accepted));
  families.counter("tayori_connections_refused_total",
                   "Connections closed at once, beyond the limit.",
                   of(&net::Traffic::connections_refused));
  families.counter("tayori_http_requests_total", "HTTP requests read.",
                   of(&net::Traffic::requests));
  families.counter("tayori_received_bytes_total", "Bytes received.", of(&net::Traffic::bytes_in));
  families.counter("tayori_sent_bytes_total", "Bytes sent.", of(&net::Traffic::bytes_out));
}

}  // namespace

std::string metrics_text(const hub::Hub& hub, const std::vector<const net::Traffic*>& traffic,
                         const hub::PageMessageRelay* relay) {
  Families families;
  add_sessions(families, hub);
  add_presence(families, hub);
  add_receive(families, relay);
  add_refusals(families, hub);
  add_traffic(families, traffic);
  return families.text();
}

}  // namespace tayori::api
