#include "server/wiring.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <utility>

#include "base/check.h"
#include "base/random.h"
#include "broker/memory_broker.h"
#include "server/config_reload.h"
#include "server/endpoint_probe.h"

namespace tayori::server {
namespace {

/// Characters of an epoch: 51 bits, so that two logs do not share one by chance.
constexpr std::size_t kEpochLength = 10;
constexpr std::chrono::milliseconds kDrainStep{10};
/// At the end, for backends to be told that everybody has gone, even if pages have used the time up.
constexpr std::chrono::milliseconds kLastNews{500};

net::HttpLimits http_limits(const Config::Http& http, std::size_t body_bytes) {
  return {.head_bytes = http.head_bytes,
          .head_fields = http.head_fields,
          .body_bytes = body_bytes,
          .head_time = http.head_timeout,
          .body_time = http.body_timeout,
          .idle_time = http.idle};
}

hub::HubSettings hub_settings(const Config& config) {
  return {.history = {.age = std::chrono::ceil<std::chrono::seconds>(config.log.history),
                      .messages_per_topic = config.log.history_messages,
                      .bytes_per_topic = config.log.history_topic_bytes,
                      .bytes = config.log.history_bytes},
          .session = {.outbox_bytes = config.session.outbox_bytes,
                      .heartbeat = config.session.heartbeat,
                      .authenticate = config.session.authenticate,
                      .poll_wait = config.session.poll_wait},
          .presence_grace = config.presence.grace,
          .memberships = config.groups.memberships,
          .revocations = config.tokens.revocations,
          .idempotency_keys = config.log.idempotency_keys,
          .remembered_edges = config.presence.remembered_edges};
}

std::size_t loop_count(const Config& config) {
  if (config.server.loops > 0) return config.server.loops;
  return std::max<std::size_t>(1, std::thread::hardware_concurrency());
}

Config with_token_key(Config config) {
  config.tokens.key = token_key_or_random(config.tokens.key);
  return config;
}

Result<access::TokenKeys> token_keys(const Config::Tokens& tokens) {
  const std::string& previous = tokens.previous_key;
  return access::TokenKeys::of(tokens.key,
                               previous.empty() ? std::nullopt : std::optional(previous));
}

std::string url(const Endpoint& endpoint, std::uint16_t port) {
  const bool is_v6 = endpoint.host().find(':') != std::string::npos;
  return "http://" + (is_v6 ? "[" + endpoint.host() + "]" : endpoint.host()) + ":" +
         std::to_string(port);
}

/// What a path may be put behind.
std::string public_url_of(std::string chosen, const std::string& bound) {
  while (chosen.ends_with('/')) chosen.pop_back();
  return chosen.empty() ? bound : chosen;
}

}  // namespace

std::string token_key_or_random(const std::string& key) {
  constexpr std::size_t kCharacters = 48;
  return key.empty() ? base::Random::system().word(kCharacters) : key;
}

Wiring::Wiring(Config config, ReadAgain read_again)
    : config_(with_token_key(std::move(config))),
      read_again_(std::move(read_again)),
      public_http_(http_limits(config_.http, config_.http.public_body_bytes)),
      internal_http_(http_limits(config_.http, config_.http.internal_body_bytes)),
      browser_settings_{
          .prefix = config_.public_.prefix,
          .origins = access::OriginPolicy::nobody(),
          .takes_token_in_query = config_.public_.token_in_query == TokenInQuery::allowed},
      backend_settings_{.key = config_.internal.api_key.empty() ? nullptr : &api_key_,
                        .message_bytes = config_.session.message_bytes,
                        .token_life = config_.tokens.duration},
      api_key_(config_.internal.api_key),
      receive_rate_({.per_minute = config_.receive.per_minute}, clock_) {}

Wiring::~Wiring() {
  end_threads();
  // Before the loops on which their connections wait.
  fronts_.clear();
  hub_.reset();
}

Outcome Wiring::start() {
  auto origins = access::OriginPolicy::of(config_.public_.origins);
  if (!origins) return origins.error();
  browser_settings_.origins = std::move(*origins);
  if (auto made = make_hub(); !made) return made;
  if (auto made = make_fronts(); !made) return made;
  for (const auto& front : fronts_) {
    front->public_listener->start();
    if (front->internal_listener) front->internal_listener->start();
  }
  // Before anybody is told the addresses: a signal that comes right then must drain, not kill.
  take_signals();
  is_ready_ = true;
  for (const auto& loop : loops_) threads_.emplace_back([&loop = *loop] { loop.run(); });
  return success();
}

Outcome Wiring::make_hub() {
  auto keys = token_keys(config_.tokens);
  if (!keys) return keys.error();
  for (std::size_t i = 0; i < loop_count(config_); ++i) {
    loops_.push_back(std::make_unique<net::Loop>(clock_));
    traffic_.push_back(&loops_.back()->traffic());
  }
  auto log = std::make_unique<broker::MemoryBroker>(base::Random::system().word(kEpochLength));
  hub_ = std::make_unique<hub::Hub>(hub_settings(config_), std::move(log),
                                    access::Tokens(std::move(*keys)), clock_);
  workers_ = std::make_unique<base::Workers>(std::max<std::size_t>(1, config_.server.workers));
  make_relay();
  add_presence_hooks();
  hand_presence_on();
  return success();
}

void Wiring::make_relay() {
  const Config::Receive& chosen = config_.receive;
  if (chosen.url.empty()) return;
  relay_ = std::make_unique<hub::PageMessageRelay>(
      hub::RelayTarget{.url = chosen.url, .secret = chosen.secret},
      hub::PageMessages::Limits{
          .messages = chosen.waiting, .parallel = chosen.parallel, .patience = chosen.timeout},
      net::OutgoingLimits{.total = chosen.timeout}, clock_, base::Random::system());
  browser_settings_.receive = {
      .relay = relay_.get(), .rate = &receive_rate_, .message_bytes = chosen.message_bytes};
  operator_settings_.relay = relay_.get();
}

void Wiring::add_presence_hooks() {
  const Config::Presence& chosen = config_.presence;
  const hub::DeliveryLimits limits{.edges = chosen.waiting_edges, .parallel = chosen.parallel};
  const net::OutgoingLimits outgoing{.total = chosen.timeout};
  if (!chosen.appengine_url.empty()) {
    const auto form = chosen.appengine_form == AppEngineForm::multipart
                          ? hub::PresenceForm::multipart
                          : hub::PresenceForm::urlencoded;
    hub_->add_presence_hook({.form = form, .url = chosen.appengine_url, .secret = {}}, limits,
                            outgoing);
  }
  if (!chosen.webhook_url.empty()) {
    hub_->add_presence_hook({.form = hub::PresenceForm::json,
                             .url = chosen.webhook_url,
                             .secret = chosen.webhook_secret},
                            limits, outgoing);
  }
}

void Wiring::hand_presence_on() {
  if (!presence_handler_) return;
  program_presence_ = std::make_unique<ProgramPresence>(
      presence_handler_, config_.presence.waiting_edges, *workers_, clock_);
  hub_->on_presence([this](const PresenceEdge& edge) { program_presence_->tell(edge); });
}

Outcome Wiring::make_fronts() {
  for (const auto& loop : loops_) {
    fronts_.push_back(std::make_unique<Front>(hub_->add_loop(*loop)));
    Front& front = *fronts_.back();
    api::add_browser_routes(front.browsers, *hub_, front.hub, browser_settings_);
    add_program_routes(front.browsers, routes_, *workers_, front.hub);
    api::add_backend_routes(front.backends, *hub_, front.hub, backend_settings_);
    api::add_operator_routes(front.backends, *hub_, operator_settings_);
  }
  const auto browsers = Endpoint::parse(config_.public_.listen);
  if (!browsers) return browsers.error();
  if (auto free = probe(*browsers); !free) return free;
  if (config_.internal.listen.empty()) return listen(*browsers, nullptr);
  const auto backends = Endpoint::parse(config_.internal.listen);
  if (!backends) return backends.error();
  if (auto free = probe(*backends); !free) return free;
  if (config_.internal.api_key.empty() && !backends->is_loopback()) {
    return Error::of(ErrorCode::invalid_request, "Backends need a key on " + backends->text() +
                                                     ", which other machines reach.");
  }
  return listen(*browsers, &*backends);
}

Outcome Wiring::listen(const Endpoint& browsers, const Endpoint* backends) {
  const std::size_t connections =
      std::max<std::size_t>(1, config_.server.max_connections / loops_.size());
  net::Listener::Address public_address{browsers.host(), browsers.port()};
  net::Listener::Address internal_address;
  if (backends != nullptr) internal_address = {backends->host(), backends->port()};
  for (const auto& front : fronts_) {
    net::Loop& loop = front->hub.loop();
    const auto port =
        front == fronts_.front() ? net::Listener::Port::alone : net::Listener::Port::shared;
    auto bound =
        net::Listener::bind(loop, public_address, front->browsers, public_http_, connections, port);
    if (!bound) return bound.error();
    front->public_listener = std::move(*bound);
    // The first one's choice of a free port is the others' too.
    public_address.port = front->public_listener->port();
    if (backends == nullptr) continue;
    bound = net::Listener::bind(loop, internal_address, front->backends, internal_http_,
                                connections, port);
    if (!bound) return bound.error();
    front->internal_listener = std::move(*bound);
    internal_address.port = front->internal_listener->port();
  }
  public_url_ = url(browsers, public_address.port);
  backend_settings_.server = {.version = TAYORI_VERSION,
                              .public_url = public_url_of(config_.public_.url, public_url_),
                              .prefix = config_.public_.prefix};
  if (backends != nullptr) internal_url_ = url(*backends, internal_address.port);
  return success();
}

void Wiring::take_signals() {
  signals_.add(SIGINT);
  signals_.add(SIGTERM);
  if (read_again_) signals_.add(SIGHUP);
  await_signal();
}

void Wiring::await_signal() {
  signals_.async_wait([this](const boost::system::error_code& error, int signal) {
    if (error) return;
    if (signal != SIGHUP) return waiting_.stop();
    reload();
    await_signal();
  });
}

void Wiring::reload() {
  ConfigReload reload = reload_config(config_, read_again_());
  const bool has_new_keys = config_.tokens.key != reload.config.tokens.key ||
                            config_.tokens.previous_key != reload.config.tokens.previous_key;
  if (has_new_keys) {
    auto keys = token_keys(reload.config.tokens);
    CHECK(keys, "a configuration without problems has keys that are long enough");
    hub_->replace_token_keys(access::Tokens(std::move(*keys)));
  }
  api_key_.replace(reload.config.internal.api_key);
  tell(reload);
  config_ = std::move(reload.config);
}

void Wiring::run_until_signal() {
  const auto work = boost::asio::make_work_guard(waiting_);
  waiting_.run();
  drain();
}

void Wiring::stop() { waiting_.stop(); }

void Wiring::drain() {
  is_ready_ = false;
  for (const auto& front : fronts_) {
    front->hub.loop().post([&front = *front] {
      front.public_listener->close();
      front.hub.drain();
    });
  }
  if (relay_) relay_->drain();
  waiting_.restart();
  const auto deadline = std::chrono::steady_clock::now() + config_.server.drain;
  boost::asio::steady_timer step(waiting_);
  do {
    step.expires_after(kDrainStep);
    step.wait();
  } while (!is_quiet() && std::chrono::steady_clock::now() < deadline);
  tell_that_all_have_gone(std::max(deadline, std::chrono::steady_clock::now() + kLastNews));
  end_threads();
}

void Wiring::tell_that_all_have_gone(std::chrono::steady_clock::time_point deadline) {
  hub_->end_presence();
  const auto has_news = [](const auto& hook) { return hook->counts().waiting > 0; };
  boost::asio::steady_timer step(waiting_);
  while (std::ranges::any_of(hub_->presence_hooks(), has_news) &&
         std::chrono::steady_clock::now() < deadline) {
    step.expires_after(kDrainStep);
    step.wait();
  }
  for (const auto& hook : hub_->presence_hooks()) {
    const std::size_t waiting = hook->counts().waiting;
    if (waiting > 0)
      spdlog::warn("{} has not taken {} news of presence, which end with this server",
                   hook->target().url, waiting);
  }
}

bool Wiring::is_quiet() const {
  return std::all_of(traffic_.begin(), traffic_.end(), [](const net::Traffic* traffic) {
    return traffic->websockets_open.value() == 0 && traffic->response_streams_open.value() == 0 &&
           traffic->exchanges_open.value() == 0;
  });
}

void Wiring::end_threads() {
  // Their last answers still go out through the loops.
  if (workers_) workers_->join();
  if (relay_) relay_->end();
  for (const auto& front : fronts_) {
    front->hub.loop().post([&front = *front] {
      if (front.public_listener) front.public_listener->close();
      if (front.internal_listener) front.internal_listener->close();
      // Behind what this turn still has to write.
      front.hub.loop().post([&front] { front.hub.loop().stop(); });
    });
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace tayori::server
