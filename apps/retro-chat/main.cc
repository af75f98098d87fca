// retrochat: Retro Chat, and the Tayori that carries it: in the same process, or a separate one.
#include <curl/curl.h>
#include <sodium.h>

#include <iostream>
#include <string_view>
#include <thread>

#include "backup_command.h"
#include "chat_options.h"
#include "data_folder.h"
#include "options.h"
#include "remote/far_tayori.h"
#include "remote/sweeper.h"
#include "rooms/page_ends.h"
#include "tayori/server.h"
#include "token_key.h"

namespace retrochat {
namespace {

void complain(std::string_view why) { std::cerr << "retrochat: " << why << std::endl; }

int give_up(const std::string& why) {
  complain(why);
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

PageEnds::Disconnect disconnect_by(tayori::Server& server) {
  return [&server](const auto& who, auto tokens, const auto& answered) {
    server.disconnect(who, {.tokens = tokens}, [answered](const auto& ended) {
      answered(ended ? tayori::success() : tayori::Outcome(ended.error()));
    });
  };
}

Push push_by(tayori::Server& server, PageEnds& page_ends) {
  return {
      [&server](const auto& id, const auto& options) { return server.create_channel(id, options); },
      [&server](const auto& group, auto message) { server.send_group(group, std::move(message)); },
      [&server](auto token) { return server.client_of(token); },
      [&page_ends](const auto& who) { page_ends.end(who); }};
}

constexpr std::chrono::seconds kTayoriMayTake{30};

/// Where pages find the separate Tayori, which may be starting at this moment too.
std::variant<ChannelScript, std::string> find_tayori(const FarTayori& far, const Options& options) {
  const auto end = std::chrono::steady_clock::now() + kTayoriMayTake;
  bool has_told = false;
  auto script = far.find(options.tayori_public, [&](const std::string& why) {
    if (!has_told)
      std::cerr << "retrochat: waiting for the Tayori at " << options.tayori_url << ": " << why
                << std::endl;
    has_told = true;
    std::this_thread::sleep_for(std::chrono::seconds{1});
    return std::chrono::steady_clock::now() < end;
  });
  if (const auto* why = std::get_if<std::string>(&script))
    return "the Tayori at " + options.tayori_url + ": " + *why;
  if (options.public_url.starts_with("https://") && !std::get<ChannelScript>(script).is_https())
    return "pages of " + options.public_url + " cannot use a Tayori without https (" +
           std::get<ChannelScript>(script).origin + "); --tayori-public gives its other address";
  return script;
}

/// What runs, but most likely not as it is meant.
void warn(const Options& options) {
  if (options.public_url.empty() || !options.trusted_proxies.empty()) return;
  std::cerr << "retrochat: if " << options.public_url
            << " is a proxy, limits by address count all who come through it as one; "
               "--trusted-proxy ADDRESS tells them apart"
            << std::endl;
}

void say_hello(const Options& options, const tayori::Server& server,
               const ChannelScript& channel_script) {
  const std::string url = options.public_url.empty() ? server.public_url() : options.public_url;
  std::cout << "れとろ・ちゃっと (Retro Chat) " RETROCHAT_VERSION " is open.\n\n"
            << "public   " << server.public_url() << '\n';
  if (!server.internal_url().empty()) std::cout << "internal " << server.internal_url() << '\n';
  if (!options.tayori_url.empty())
    std::cout << "tayori   " << options.tayori_url << ", and for pages " << channel_script.origin
              << '\n';
  std::cout << "data     " << options.data.string() << "\n\n"
            << "Open " << url << " in a browser; its lobby lets everyone in:\n"
            << "  " << url << "/rooms/retro/1\n\n"
            << "Or sign up from here:\n"
            << "  curl -i -d handle=ann -d 'passphrase=a few words in a row' "
            << server.public_url() << "/sign-up\n\n"
            << "Ctrl-C closes it." << std::endl;
}

int run(const Options& options) {
  const auto folder = DataFolder::open(options.data);
  if (const auto* wrong = std::get_if<std::string>(&folder)) return give_up(*wrong);
  if (sodium_init() < 0) return give_up("libsodium cannot be initialised");
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    return give_up("libcurl cannot be initialised");
  const auto key = keep_token_key(options.data / "tokens.key");
  if (const auto* wrong = std::get_if<std::string>(&key)) return give_up(*wrong);
  auto arranged = chat_options(options, std::get<TokenKey>(key));
  if (const auto* wrong = std::get_if<std::string>(&arranged)) return give_up(*wrong);
  auto& how = std::get<ChatOptions>(arranged);

  // Before the chat and the server, so that it outlives the last handler's pushes.
  std::optional<FarTayori> far;
  if (!options.tayori_url.empty()) {
    far.emplace(FarTayoriOptions{options.tayori_url, options.tayori_key}, complain);
    auto found = find_tayori(*far, options);
    if (const auto* wrong = std::get_if<std::string>(&found)) return give_up(*wrong);
    how.channel_script = std::get<ChannelScript>(std::move(found));
  }
  std::unique_ptr<Chat> chat;  // Before the server, so that it outlives the server's last handler.
  std::optional<PageEnds> page_ends;  // As the chat.
  tayori::Server server(server_options(options, std::get<TokenKey>(key)));
  page_ends.emplace(disconnect_by(server), complain);
  auto opened = Chat::open(how, far ? far->push() : push_by(server, *page_ends));
  if (const auto* wrong = std::get_if<std::string>(&opened)) return give_up(*wrong);
  chat = std::get<std::unique_ptr<Chat>>(std::move(opened));
  for (Route& route : chat->routes())
    server.route(route.method, route.pattern, std::move(route.handler));
  const auto on_presence = [&chat](const tayori::PresenceEdge& edge) { chat->on_presence(edge); };
  if (!far) server.on_presence(on_presence);
  if (far) far->attach({on_presence, [&chat] { return chat->inhabited(); }});
  if (const auto started = server.start(); !started) {
    if (far) far->detach();
    return give_up(started.error().detail);
  }
  warn(options);
  say_hello(options, server, how.channel_script);
  {
    const Sweeper sweeper([&] {
      chat->sweep();
      page_ends->retry();
    });
    server.run_until_signal();
  }
  if (far) far->detach();
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
