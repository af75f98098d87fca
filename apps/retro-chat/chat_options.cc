#include "chat_options.h"

#include <iostream>

#include "identity/provider_file.h"

namespace retrochat {
namespace {

void complain(const std::string& why) { std::cerr << "retrochat: " << why << std::endl; }

void add_reposting(const Options& options, ChatOptions& chat) {
  if (!options.repost_x_api.empty()) chat.services.x_api = options.repost_x_api;
  chat.repost_reach = options.repost_to_private ? Reach::anywhere : Reach::public_only;
  chat.repost_by = curl_exchange({.total = limits::kRepostTotal,
                                  .answer_bytes = limits::kRepostAnswerBytes,
                                  .reach = web_reach(chat.repost_reach)});
}

/// Reads whom one may sign in through into `chat`; says what is wrong, or "".
std::string add_providers(const Options& options, ChatOptions& chat) {
  if (!options.providers.empty()) {
    auto read = read_providers(options.providers, environment_variable);
    std::string wrong;
    for (const std::string& each : read.problems)
      wrong.append(wrong.empty() ? "" : "\n").append(each);
    if (!wrong.empty()) return wrong;
    chat.providers = std::move(read.providers);
  }
  if (chat.providers.empty() && !options.has_local_accounts)
    return "--local-accounts off: nobody could sign in; name a provider with --providers FILE";
  return "";
}

}  // namespace

std::variant<ChatOptions, std::string> chat_options(const Options& options,
                                                    const TokenKey& tokens) {
  const auto cookies = keep_token_key(options.data / "cookies.key");
  if (const auto* wrong = std::get_if<std::string>(&cookies)) return *wrong;
  ChatOptions chat;
  chat.database = (options.data / "retrochat.sqlite").string();
  chat.public_url = options.public_url;
  chat.trusted_proxies = options.trusted_proxies;
  chat.version = RETROCHAT_VERSION;
  chat.poll_every = options.poll_every;
  chat.rooms.renew_after = options.renew_after;
  chat.rooms.liveness.leave_grace = options.leave_after;
  chat.secrets_key = tokens.text;
  chat.cookie_secret = std::get<TokenKey>(cookies).text;
  chat.complain = [](std::string_view why) { complain("the store: " + std::string(why)); };
  chat.report = [](const std::string& provider, const std::string& what) {
    complain("signing in through " + provider + ": " + what);
  };
  chat.local_accounts = options.has_local_accounts ? LocalAccounts::on : LocalAccounts::off;
  add_reposting(options, chat);
  if (std::string wrong = add_providers(options, chat); !wrong.empty()) return wrong;
  return chat;
}

}  // namespace retrochat
