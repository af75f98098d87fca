#include "options.h"

#include <CLI/CLI.hpp>
#include <cstdlib>

namespace retrochat {
namespace {

constexpr const char* kWhat =
    "Retro Chat (れとろ・ちゃっと): rooms to talk in, in one program.\n"
    "It serves the chat and the Tayori push server that carries it, and keeps everything in one "
    "folder.";

void add_timing(CLI::App& app, Options& options) {
  const auto milliseconds = [&app](const char* name, std::chrono::milliseconds& value,
                                   const char* what) {
    app.add_option_function<std::int64_t>(
           name, [&value](std::int64_t given) { value = std::chrono::milliseconds{given}; }, what)
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{24 * 60 * 60 * 1000}))
        ->type_name("MILLISECONDS")
        ->default_str(std::to_string(value.count()))
        ->group("Timing");
  };
  milliseconds("--poll-every", options.poll_every,
               "How often a room's page asks whether all is well");
  milliseconds("--renew-after", options.renew_after,
               "Age at which a page's token is replaced (it lives two hours)");
  milliseconds("--leave-after", options.leave_after,
               "How long after the last page is gone somebody has left");
}

void add_ways_in(CLI::App& app, Options& options) {
  app.add_option("--providers", options.providers,
                 "The TOML file that says through which other sites people may sign in")
      ->type_name("FILE");
  app.add_option_function<std::string>(
         "--local-accounts",
         [&options](const std::string& given) { options.has_local_accounts = given == "on"; },
         "Whether people may sign up here with a passphrase")
      ->check(CLI::IsMember({"on", "off"}))
      ->type_name("on|off")
      ->default_str("on");
}

CLI::Validator is_address() {
  return {[](const std::string& url) {
            const bool good = url.starts_with("http://") || url.starts_with("https://");
            return good ? std::string{} : std::string("an address begins with http:// or https://");
          },
          ""};
}

void add_trusted_proxies(CLI::App& app, Options& options) {
  app.add_option_function<std::vector<std::string>>(
         "--trusted-proxy",
         [&options](const std::vector<std::string>& given) {
           for (const std::string& each : given)
             options.trusted_proxies.push_back(*Network::parse(each));
         },
         "A proxy's address, or a block of them, whose X-Forwarded-For says for whom it asks; may "
         "be repeated. Without it limits by address count all who come through it as one")
      ->check([](const std::string& text) {
        return Network::parse(text)
                   ? std::string{}
                   : "\"" + text + "\" is no address such as 127.0.0.1, ::1 or 10.0.0.0/8";
      })
      ->type_name("ADDRESS[/BITS]")
      ->allow_extra_args(false);
}

void add_separate_tayori(CLI::App& app, Options& options) {
  constexpr const char* kGroup = "A separate Tayori, in the place of the one inside";
  auto* url = app.add_option("--tayori", options.tayori_url, "The address of its internal listener")
                  ->type_name("URL")
                  ->check(is_address())
                  ->envname("TAYORI_URL")
                  ->group(kGroup);
  app.add_option("--tayori-key", options.tayori_key,
                 "Its internal.api_key; TAYORI_API_KEY otherwise, which is better: what stands on "
                 "a command line can be read by every process of the machine")
      ->type_name("KEY")
      ->needs(url)
      ->group(kGroup);
  app.add_option("--tayori-public", options.tayori_public,
                 "Where pages find it, if that is not what it says itself (its public.url)")
      ->type_name("URL")
      ->check(is_address())
      ->needs(url)
      ->group(kGroup);
}

/// What is for the environment rather than for a command line, which every process can read.
void read_secrets(Options& options) {
  if (const char* key = std::getenv("TAYORI_INTERNAL_API_KEY")) options.internal_api_key = key;
  const char* key = std::getenv("TAYORI_API_KEY");
  if (options.tayori_key.empty() && key != nullptr) options.tayori_key = key;
}

}  // namespace

CommandLine read_command_line(int argc, const char* const* argv) {
  Options options;
  CLI::App app(kWhat, "retrochat");
  app.footer("retrochat backup --help: how to save a copy of that folder's conversations.");
  app.set_version_flag("--version", "retrochat " RETROCHAT_VERSION);
  app.add_option("--public", options.public_listen,
                 "Where browsers come in; port 0 takes any free one")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  app.add_option("--internal", options.internal_listen,
                 "Where operators look in: /healthz, /metrics, /v1/...; on loopback, unless the "
                 "variable TAYORI_INTERNAL_API_KEY holds a key")
      ->type_name("HOST:PORT");
  app.add_option("--data", options.data, "The folder where everything is kept; made if missing")
      ->type_name("DIR")
      ->required();
  app.add_option("--url", options.public_url,
                 "The address people type, as behind a proxy; with https:// cookies are sent over "
                 "HTTPS only")
      ->type_name("URL")
      ->check(is_address());
  add_trusted_proxies(app, options);
  add_separate_tayori(app, options);
  add_ways_in(app, options);
  app.add_option("--repost-x-api", options.repost_x_api,
                 "The address of X's API, where rooms post their lines on to X")
      ->type_name("URL")
      ->check(is_address());
  app.add_flag("--repost-to-private", options.repost_to_private,
               "Let rooms post on to private addresses and over http, as within one's own network; "
               "any owner of a room can then reach what this machine can");
  add_timing(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return {std::nullopt, app.exit(error)};
  }
  read_secrets(options);
  return {std::move(options), 0};
}

}  // namespace retrochat
