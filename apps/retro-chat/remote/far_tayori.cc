#include "remote/far_tayori.h"

#include <sodium.h>

#include <array>
#include <utility>

#include "remote/courier.h"
#include "remote/far_tokens.h"
#include "remote/presence_reader.h"
#include "remote/push_queue.h"
#include "remote/sweeper.h"
#include "tayori/client.h"

namespace retrochat {
namespace {

/// Pages wait for their tokens that long at most.
constexpr std::chrono::seconds kTimeout{2};
constexpr std::size_t kAttempts = 2;
constexpr std::size_t kPresencePage = 1'000;

template <typename T>
tayori::Outcome outcome_of(const tayori::Result<T>& result) {
  if (!result) return result.error();
  return tayori::success();
}

std::string random_name() {
  std::array<unsigned char, 8> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, bytes.size() * 2 + 1> text{};
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  return text.data();
}

}  // namespace

struct FarTayori::Parts {
  Parts(FarTayoriOptions options, Complain complain_of_it)
      : complain(std::move(complain_of_it)),
        client({.url = std::move(options.url),
                .api_key = std::move(options.key),
                .timeout = kTimeout,
                .attempts = kAttempts}) {}

  tayori::Outcome disconnect(const tayori::ClientId& who, tayori::Tokens theirs) {
    auto ended = outcome_of(client.disconnect(who, {.tokens = theirs}));
    // Those that were made while this waited are void too.
    if (ended) tokens.forget(who);
    return ended;
  }

  void ask_all() {
    for (const tayori::GroupName& room : listener.inhabited()) queue.ask(room);
  }

  void on_new_log() {
    complain("the separate Tayori has started anew");
    tokens.forget_all();
    ask_all();
  }

  const Complain complain;
  const tayori::Client client;
  FarListener listener;
  FarTokens tokens{
      [this](const auto& who, const auto& options) { return client.create_channel(who, options); },
      system_time, limits::kTokensRemembered};
  PushQueue queue{
      {.send_group =
           [this](const auto& room, const auto& message, const auto& key) {
             return outcome_of(client.send_group(room, message, {.idempotency_key = key}));
           },
       .disconnect = [this](const auto& who, auto theirs) { return disconnect(who, theirs); }},
      random_name(),
      {},
      [this](std::string_view why) { complain(why); }};
  PresenceReader reader{
      {.present =
           [this](const auto& after) {
             return client.presence(tayori::PageOptions{.after = after, .limit = kPresencePage});
           },
       .events =
           [this](const auto& since) { return client.presence_events(since, kPresencePage); }},
      {.edge = [this](const auto& edge) { listener.presence(edge); },
       .new_log = [this] { on_new_log(); }}};
  // Last: their threads end before what they use.
  std::optional<Courier> courier;
  std::optional<Sweeper> rounds;
};

FarTayori::FarTayori(FarTayoriOptions options, Complain complain)
    : parts_(std::make_unique<Parts>(std::move(options), std::move(complain))) {}
FarTayori::~FarTayori() = default;

std::variant<ChannelScript, std::string> FarTayori::find(
    const std::string& public_url, const std::function<bool(const std::string& why)>& wait) const {
  return find_channel_script([this] { return parts_->client.server(); }, public_url, wait);
}

Push FarTayori::push() {
  Parts& parts = *parts_;
  return {
      [&parts](const auto& who, const auto& options) { return parts.tokens.create(who, options); },
      [&parts](const auto& room, auto message) { parts.queue.push(room, std::move(message)); },
      [&parts](auto token) { return parts.tokens.client_of(token); },
      [&parts](const auto& who) {
        parts.tokens.forget(who);
        parts.queue.disconnect(who);
      }};
}

void FarTayori::attach(FarListener listener) {
  parts_->listener = std::move(listener);
  parts_->ask_all();
  parts_->courier.emplace(parts_->queue);
  // Who comes and goes again before the first round is told too.
  parts_->reader.read();
  parts_->rounds.emplace([this] { parts_->reader.read(); });
}

void FarTayori::detach() {
  parts_->rounds.reset();
  parts_->courier.reset();
}

std::variant<ChannelScript, std::string> find_channel_script(
    const std::function<tayori::Result<tayori::ServerFacts>()>& ask, const std::string& public_url,
    const std::function<bool(const std::string& why)>& wait) {
  auto told = ask();
  while (!told && told.error().is_unanswered && wait(told.error().detail)) told = ask();
  if (!told) return told.error().detail;
  const std::string& address = public_url.empty() ? told->public_url : public_url;
  auto script = ChannelScript::of(address, told->prefix);
  if (!script) return "pages cannot use its address \"" + address + "\"";
  return std::move(*script);
}

}  // namespace retrochat
