// retrochat: Retro Chat and the Tayori that carries it, in one process.
#include <curl/curl.h>
#include <sodium.h>
#include <sys/stat.h>

#include <iostream>
#include <string_view>

#include "backup_command.h"
#include "identity/provider_file.h"
#include "options.h"
#include "sweeper.h"
#include "tayori/server.h"
#include "token_key.h"
#include "web/chat.h"

namespace retrochat {
namespace {

int give_up(const std::string& why) {
  std::cerr << "retrochat: " << why << '\n';
  return 1;
}

tayori::ServerOptions server_options(const Options& options, const TokenKey& key) {
  tayori::ServerOptions server;
  server.public_listen = options.public_listen;
  server.internal_listen = options.internal_listen;
  server.internal_api_key = options.internal_api_key;
  server.tokens_key = key.text;
  // Passphrases are hashed on workers, which takes tens of milliseconds each; pages should not wait behind them.
  server.workers = 6;
  return server;
}

Push push_by(tayori::Server& server) {
  return {
      [&server](const auto& id, const auto& options) { return server.create_channel(id, options); },
      [&server](const auto& group, auto message) { server.send_group(group, std::move(message)); },
      [&server](auto token) { return server.client_of(token); },
      [&server](const auto& id) { server.disconnect(id, {.tokens = tayori::Tokens::revoke}); }};
}

ChatOptions chat_options(const Options& options, const TokenKey& key) {
  ChatOptions chat;
  chat.database = (options.data / "retrochat.sqlite").string();
  chat.public_url = options.public_url;
  chat.version = RETROCHAT_VERSION;
  chat.poll_every = options.poll_every;
  chat.rooms.renew_after = options.renew_after;
  chat.rooms.liveness.leave_grace = options.leave_after;
  if (!options.repost_x_api.empty()) chat.services.x_api = options.repost_x_api;
  chat.repost_reach = options.repost_to_private ? Reach::anywhere : Reach::public_only;
  chat.send_post = [reach = chat.repost_reach](const auto& post, const auto& stop) {
    return send_post(post, reach, stop);
  };
  chat.secrets_key = key.text;
  chat.complain = [](std::string_view why) {
    std::cerr << "retrochat: the store: " << why << std::endl;
  };
  chat.report = [](const std::string& provider, const std::string& what) {
    std::cerr << "retrochat: signing in through " << provider << ": " << what << std::endl;
  };
  chat.local_accounts = options.has_local_accounts ? LocalAccounts::on : LocalAccounts::off;
  return chat;
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

void say_hello(const Options& options, const tayori::Server& server) {
  const std::string url = options.public_url.empty() ? server.public_url() : options.public_url;
  std::cout << "れとろ・ちゃっと (Retro Chat) " RETROCHAT_VERSION " is open.\n\n"
            << "public   " << server.public_url() << '\n';
  if (!server.internal_url().empty()) std::cout << "internal " << server.internal_url() << '\n';
  std::cout << "data     " << options.data.string() << "\n\n"
            << "Open " << url << " in a browser, or sign up from here:\n"
            << "  curl -i -d handle=ann -d 'passphrase=a few words in a row' "
            << server.public_url() << "/sign-up\n\n"
            << "Ctrl-C closes it." << std::endl;
}

int run(const Options& options) {
  std::error_code failed;
  std::filesystem::create_directories(options.data, failed);
  if (failed) return give_up(options.data.string() + ": " + failed.message());
  ::umask(S_IRWXG |
          S_IRWXO);  // What people say and their passphrases' hashes are nobody else's to read.
  if (sodium_init() < 0) return give_up("libsodium cannot be initialised");
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    return give_up("libcurl cannot be initialised");
  const auto key = keep_token_key(options.data / "tokens.key");
  if (const auto* wrong = std::get_if<std::string>(&key)) return give_up(*wrong);
  const auto cookie_key = keep_token_key(options.data / "cookies.key");
  if (const auto* wrong = std::get_if<std::string>(&cookie_key)) return give_up(*wrong);
  ChatOptions how = chat_options(options, std::get<TokenKey>(key));
  how.cookie_secret = std::get<TokenKey>(cookie_key).text;
  if (const std::string wrong = add_providers(options, how); !wrong.empty()) return give_up(wrong);

  std::unique_ptr<Chat> chat;  // Before the server, so that it outlives the server's last handler.
  tayori::Server server(server_options(options, std::get<TokenKey>(key)));
  auto opened = Chat::open(how, push_by(server));
  if (const auto* wrong = std::get_if<std::string>(&opened)) return give_up(*wrong);
  chat = std::get<std::unique_ptr<Chat>>(std::move(opened));
  for (Route& route : chat->routes())
    server.route(route.method, route.pattern, std::move(route.handler));
  server.on_presence([&chat](const tayori::PresenceEdge& edge) { chat->on_presence(edge); });
  if (const auto started = server.start(); !started) return give_up(started.error().detail);
  say_hello(options, server);
  const Sweeper sweeper([&chat] { chat->sweep(); });
  server.run_until_signal();
  std::cout << "Closed. Good night." << std::endl;
  return 0;
}

}  // namespace
}  // namespace retrochat

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "backup")
    return retrochat::backup_command(argc - 1, argv + 1);
  const auto command_line = retrochat::read_command_line(argc, argv);
  if (!command_line.options) return command_line.exit_code;
  return retrochat::run(*command_line.options);
}
