#include <algorithm>
#include <array>
#include <type_traits>

#include "access/rate_limit.h"
#include "base/bytes.h"
#include "server/config_key.h"
#include "server/config_rules.h"

namespace tayori::server {

namespace {

using namespace base::literals;

constexpr std::array<std::string_view, 2> kModes{"serve", "dev"};
constexpr std::array<std::string_view, 2> kTokenInQuery{"refused", "allowed"};
constexpr std::array<std::string_view, 2> kAppEngineForms{"urlencoded", "multipart"};
constexpr std::array<std::string_view, 3> kEngines{"memory", "file", "nats"};
constexpr std::array<std::string_view, 5> kLevels{"debug", "info", "warning", "error", "off"};

std::uint64_t to_number(std::size_t count) { return count; }
std::uint64_t to_number(std::chrono::minutes life) {
  return static_cast<std::uint64_t>(life.count());
}
std::uint64_t to_number(std::chrono::milliseconds time) {
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(time).count());
}

void from_number(std::uint64_t number, std::size_t& count) { count = number; }
void from_number(std::uint64_t number, std::chrono::minutes& life) {
  life = std::chrono::minutes(number);
}
void from_number(std::uint64_t number, std::chrono::milliseconds& time) {
  time = std::chrono::seconds(number);
}

// `Section` and `Field` are pointers to members: the place of one setting in Config.
template <auto Section, auto Field>
struct Place {
  static auto& of(Config& config) { return (config.*Section).*Field; }
  static const auto& of(const Config& config) { return (config.*Section).*Field; }
};

template <auto Section, auto Field>
struct Number {
  using At = Place<Section, Field>;
  static ConfigValue get(const Config& config) { return to_number(At::of(config)); }
  static void set(Config& config, const ConfigValue& value) {
    from_number(std::get<std::uint64_t>(value), At::of(config));
  }
};

template <typename T, auto Section, auto Field>
struct Same {
  using At = Place<Section, Field>;
  static ConfigValue get(const Config& config) { return At::of(config); }
  static void set(Config& config, const ConfigValue& value) { At::of(config) = std::get<T>(value); }
};

template <auto Section, auto Field>
using Text = Same<std::string, Section, Field>;
template <auto Section, auto Field>
using List = Same<std::vector<std::string>, Section, Field>;

// The words stand in the order of the enumerators.
template <const auto& Words, auto Section, auto Field>
struct Choice {
  using At = Place<Section, Field>;
  static ConfigValue get(const Config& config) {
    return std::string(Words.at(static_cast<std::size_t>(At::of(config))));
  }
  static void set(Config& config, const ConfigValue& value) {
    using Enumerator = std::remove_reference_t<decltype(At::of(config))>;
    const auto word = std::ranges::find(Words, std::get<std::string>(value));
    At::of(config) = static_cast<Enumerator>(word - Words.begin());
  }
};

template <typename Accessor>
constexpr ConfigKey key(std::string_view section, std::string_view name, ConfigShape shape,
                        std::string_view meaning, Secrecy secrecy = Secrecy::open,
                        Effect effect = Effect::at_start) {
  return {section, name, shape, &Accessor::get, &Accessor::set, meaning, secrecy, effect};
}

constexpr TextShape kEndpoint{
    &is_endpoint, R"(ADDRESS:PORT such as "127.0.0.1:8080", "[::1]:8080" or "0.0.0.0:8080")"};
constexpr TextShape kApiKey{&is_api_key, "printable ASCII characters without spaces"};
constexpr TextShape kTokensKey{&is_tokens_key,
                               "at least 32 bytes (openssl rand -hex 32 makes a good key)"};
constexpr TextShape kHook{&is_hook, R"(an address such as "http://127.0.0.1:9000")"};
constexpr TextShape kPublicUrl{&is_hook, R"(an address such as "https://tayori.example.org")"};
constexpr TextShape kPrefix{&is_prefix,
                            R"(a path that begins and ends with "/", such as "/_ah/channel/")"};
constexpr ListShape kOrigins{
    &is_origin,
    R"("*" for any, or origins such as "https://example.org" or "https://*.example.org")"};

constexpr std::uint64_t kMessageBytesMax = limits::kMessageBytesCeiling;
constexpr std::uint64_t kPerMinuteMax = access::RateLimit::kPerMinuteMax;
constexpr std::uint64_t kHistoryBytesMax = std::uint64_t{1} << 40;

using C = Config;

// clang-format off
constexpr std::array kKeys{
    key<Text<&C::public_, &C::Public::listen>>("public", "listen", kEndpoint,
        "Where browsers connect. Port 0 takes any free one."),
    key<Text<&C::public_, &C::Public::url>>("public", "url", kPublicUrl,
        "The address that pages use, where it is another one, as behind a proxy. Backends that ask for it are told."),
    key<Text<&C::public_, &C::Public::prefix>>("public", "prefix", kPrefix,
        "The path under which the channel endpoints lie. The old browser script looks for the default."),
    key<List<&C::public_, &C::Public::origins>>("public", "origins", kOrigins,
        "Whose pages may open channels. A token gives access, not a cookie, so any origin is a safe default."),
    key<Choice<kTokenInQuery, &C::public_, &C::Public::token_in_query>>("public", "token_in_query", ChoiceShape{kTokenInQuery},
        "Whether `GET sse?token=TOKEN` is taken, for a plain EventSource. Addresses stand in the logs of every proxy on the way."),

    key<Text<&C::internal, &C::Internal::listen>>("internal", "listen", kEndpoint,
        "Where backends and operators connect. Keep it away from the internet."),
    key<Text<&C::internal, &C::Internal::api_key>>("internal", "api_key", kApiKey,
        "What backends present, as `Authorization: Bearer KEY` or `X-API-Key: KEY`. Needed to serve.",
        Secrecy::secret, Effect::at_reload),

    key<Text<&C::tokens, &C::Tokens::key>>("tokens", "key", kTokensKey,
        "Signs the tokens that pages open channels with. Needed to serve; in dev mode a random one is made at each start.",
        Secrecy::secret, Effect::at_reload),
    key<Text<&C::tokens, &C::Tokens::previous_key>>("tokens", "previous_key", kTokensKey,
        "The key used before this one: its tokens are still accepted, so that keys can be changed without losing pages.",
        Secrecy::secret, Effect::at_reload),
    key<Number<&C::tokens, &C::Tokens::duration>>("tokens", "duration_minutes", NumberShape{1, 1'440, "minutes"},
        "The life of a token whose backend asks for none in particular."),
    key<Number<&C::tokens, &C::Tokens::revocations>>("tokens", "revocations", NumberShape{1, 10'000'000},
        "Client ids whose tokens may be revoked at a time, each for a day. One more is refused: about 150 bytes each."),

    key<Number<&C::groups, &C::Groups::memberships>>("groups", "memberships", NumberShape{1, 100'000'000},
        "Client ids that may be in groups, each counted once for each of its groups. One more is refused: about 300 bytes each."),

    key<Choice<kModes, &C::server, &C::Server::mode>>("server", "mode", ChoiceShape{kModes},
        "`dev` runs without keys, on loopback addresses only. `tayori dev` sets it."),
    key<Number<&C::server, &C::Server::loops>>("server", "loops", NumberShape{0, 256},
        "Event loops, one thread each. 0 takes the number of cores."),
    key<Number<&C::server, &C::Server::workers>>("server", "workers", NumberShape{1, 256},
        "Threads for an embedding program's own pages and presence handler."),
    key<Number<&C::server, &C::Server::drain>>("server", "drain_s", NumberShape{0, 4, "seconds"},
        "The time that pages get at SIGTERM to be told to come back. The process is gone within 5 seconds."),
    key<Number<&C::server, &C::Server::max_connections>>("server", "max_connections", NumberShape{1, 10'000'000},
        "Connections of both listeners together; one more is closed at once. Each needs a file descriptor (`ulimit -n`)."),
    key<Choice<kLevels, &C::server, &C::Server::verbosity>>("server", "verbosity", ChoiceShape{kLevels},
        "The least grave news that are told on stderr."),

    key<Choice<kEngines, &C::log, &C::Log::engine>>("log", "engine", ChoiceShape{kEngines},
        "What messages are kept in. Only `memory` is there so far."),
    key<Number<&C::log, &C::Log::history>>("log", "history_s", NumberShape{1, 86'400, "seconds"},
        "How long a message is held for pages that come back."),
    key<Number<&C::log, &C::Log::history_messages>>("log", "history_messages", NumberShape{1, 10'000'000},
        "Messages held of one client, one group, or of those to everyone. The oldest give way."),
    key<Number<&C::log, &C::Log::history_topic_bytes>>("log", "history_topic_bytes", NumberShape{64_KiB, kHistoryBytesMax, "bytes"},
        "Memory for the messages held of one client, one group, or of those to everyone. The oldest give way."),
    key<Number<&C::log, &C::Log::history_bytes>>("log", "history_bytes", NumberShape{1_MiB, kHistoryBytesMax, "bytes"},
        "Memory for all messages held. The oldest give way; a page that needed them is told of the gap."),
    key<Number<&C::log, &C::Log::idempotency_keys>>("log", "idempotency_keys", NumberShape{1, 10'000'000},
        "Keys of sends remembered, for `history_s`. Beyond it the oldest are forgotten earlier: about 400 bytes each."),

    key<Number<&C::session, &C::Session::outbox_bytes>>("session", "outbox_bytes", NumberShape{4_KiB, 256_MiB, "bytes"},
        "What may wait for one page that reads slowly. Beyond it the page's connection is closed, and it comes back by cursor."),
    key<Number<&C::session, &C::Session::message_bytes>>("session", "message_bytes", NumberShape{1, kMessageBytesMax, "bytes"},
        "The longest message."),
    key<Number<&C::session, &C::Session::heartbeat>>("session", "heartbeat_s", NumberShape{1, 300, "seconds"},
        "A page that hears nothing for this long comes back; either side says that it is there after half of it. A page that is silent for twice as long is taken for lost."),
    key<Number<&C::session, &C::Session::authenticate>>("session", "authenticate_s", NumberShape{1, 60, "seconds"},
        "The time from a WebSocket's opening to its token."),
    key<Number<&C::session, &C::Session::poll_wait>>("session", "poll_wait_s", NumberShape{1, 25, "seconds"},
        "The longest that the answer to a long poll is held. Shorter than what the proxies in front wait for."),

    key<Number<&C::http, &C::Http::head_bytes>>("http", "head_bytes", NumberShape{1_KiB, 1_MiB, "bytes"},
        "The longest request head."),
    key<Number<&C::http, &C::Http::head_fields>>("http", "head_fields", NumberShape{8, 1'000},
        "The most fields in one request head."),
    key<Number<&C::http, &C::Http::head_timeout>>("http", "head_timeout_s", NumberShape{1, 120, "seconds"},
        "The time in which a request head has to be complete."),
    key<Number<&C::http, &C::Http::public_body_bytes>>("http", "public_body_bytes", NumberShape{1_KiB, 64_MiB, "bytes"},
        "The longest request body on the public listener."),
    key<Number<&C::http, &C::Http::internal_body_bytes>>("http", "internal_body_bytes", NumberShape{1_KiB, 256_MiB, "bytes"},
        "The longest request body on the internal listener. Batches need room."),
    key<Number<&C::http, &C::Http::body_timeout>>("http", "body_timeout_s", NumberShape{1, 120, "seconds"},
        "The time in which a request body has to be complete."),
    key<Number<&C::http, &C::Http::idle>>("http", "idle_s", NumberShape{1, 3'600, "seconds"},
        "How long a kept connection may wait for its next request."),

    key<Number<&C::presence, &C::Presence::grace>>("presence", "grace_s", NumberShape{0, 3'600, "seconds"},
        "How long a page whose connection was lost may take to come back before it counts as gone. An orderly close counts at once."),
    key<Text<&C::presence, &C::Presence::appengine_url>>("presence", "appengine_url", kHook,
        "The base of the callbacks of old: `/_ah/channel/connected/` and `/_ah/channel/disconnected/` below it are told who comes and goes."),
    key<Choice<kAppEngineForms, &C::presence, &C::Presence::appengine_form>>("presence", "appengine_form", ChoiceShape{kAppEngineForms},
        "How these write their field `from`: as the old development server did, or in parts as production did."),
    key<Text<&C::presence, &C::Presence::webhook_url>>("presence", "webhook_url", kHook,
        "Where signed JSON says who comes and goes."),
    key<Text<&C::presence, &C::Presence::webhook_secret>>("presence", "webhook_secret", kApiKey,
        "Signs it after the Standard Webhooks convention: `whsec_` and base64. Without one nothing is signed.",
        Secrecy::secret),
    key<Number<&C::presence, &C::Presence::waiting_edges>>("presence", "waiting_edges", NumberShape{100, 10'000'000},
        "News of presence that may wait for a backend that is away. Beyond it, comings and goings that cancel out are taken out first."),
    key<Number<&C::presence, &C::Presence::remembered_edges>>("presence", "remembered_edges", NumberShape{100, 10'000'000},
        "Comings and goings that a backend can ask for again by `events_since`. Older ones are told of as a gap."),
    key<Number<&C::presence, &C::Presence::parallel>>("presence", "parallel", NumberShape{1, 1'000},
        "Deliveries to one backend under way at a time, each of another client id."),
    key<Number<&C::presence, &C::Presence::timeout>>("presence", "timeout_s", NumberShape{1, 120, "seconds"},
        "How long a backend may take to answer one delivery."),

    key<Text<&C::receive, &C::Receive::url>>("receive", "url", kHook,
        "The base of the callback of old: `/_ah/channel/receive` below it gets what pages send. Without one they can send nothing."),
    key<Text<&C::receive, &C::Receive::secret>>("receive", "secret", kApiKey,
        "Signs it after the Standard Webhooks convention: `whsec_` and base64. Without one nothing is signed.",
        Secrecy::secret),
    key<Number<&C::receive, &C::Receive::message_bytes>>("receive", "message_bytes", NumberShape{1, kMessageBytesMax, "bytes"},
        "The longest message of a page. Escaped it has to fit into `http.public_body_bytes`, with its token."),
    key<Number<&C::receive, &C::Receive::per_minute>>("receive", "per_minute", NumberShape{1, kPerMinuteMax},
        "Messages of one client id in a minute: as many at once, from then on evenly."),
    key<Number<&C::receive, &C::Receive::waiting>>("receive", "waiting", NumberShape{1, 100'000},
        "Messages of all pages that wait for the backend or are under way to it, each with its bytes. Beyond it pages are told to come back later."),
    key<Number<&C::receive, &C::Receive::parallel>>("receive", "parallel", NumberShape{1, 1'000},
        "Messages under way at a time, each of another client id."),
    key<Number<&C::receive, &C::Receive::timeout>>("receive", "timeout_s", NumberShape{1, 120, "seconds"},
        "How long a message may wait for its turn, and how long the backend may then take to answer it."),
};

constexpr std::array<ConfigSection, 10> kSections{{
    {"public", "The listener that browsers reach."},
    {"internal", "The listener that backends and operators reach."},
    {"tokens", "What pages open their channels with."},
    {"groups", "Who hears what besides its own messages."},
    {"server", "The process: its threads, its end, what it tells."},
    {"log", "The ordered record of messages, and how much of it is held."},
    {"session", "One open page."},
    {"http", "What one HTTP request may take, on either listener."},
    {"presence", "Who is there."},
    {"receive", "What pages send to the backend."},
}};
// clang-format on

constexpr std::array<std::string_view, 2> kToCome{"log.path", "nats.url"};

}  // namespace

std::string ConfigKey::dotted() const { return std::string(section) + "." + std::string(name); }

std::string ConfigKey::variable() const {
  std::string text = "TAYORI_" + std::string(section) + "_" + std::string(name);
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  });
  return text;
}

std::span<const ConfigKey> config_keys() { return kKeys; }
std::span<const ConfigSection> config_sections() { return kSections; }
std::span<const std::string_view> config_keys_to_come() { return kToCome; }

const ConfigKey* find_config_key(std::string_view section, std::string_view name) {
  const auto found = std::ranges::find_if(
      kKeys, [&](const ConfigKey& each) { return each.section == section && each.name == name; });
  return found == kKeys.end() ? nullptr : &*found;
}

}  // namespace tayori::server
