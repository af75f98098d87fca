#include "web/chat.h"

#include <sodium.h>

#include <utility>

#include "identity/relying_party.h"
#include "people/cookie_key.h"
#include "reposts/post_office.h"
#include "rooms/lobby.h"
#include "store/schema.h"
#include "text/trailing_slash.h"
#include "web/account_routes.h"
#include "web/door_routes.h"
#include "web/home_routes.h"
#include "web/identity_routes.h"
#include "web/log_routes.h"
#include "web/owner_routes.h"
#include "web/repost_routes.h"
#include "web/room_routes.h"

namespace retrochat {

namespace {

ServiceOptions services_of(const ChatOptions& options) {
  ServiceOptions services = options.services;
  services.public_url = without_trailing_slash(options.public_url);
  services.x_api = std::string(without_trailing_slash(services.x_api));
  return services;
}

double random_fraction() { return randombytes_uniform(1'000) / 1'000.0; }

/// What the store holds, a table each.
struct Tables {
  explicit Tables(Database& database)
      : accounts(database),
        identities(database),
        sessions(database),
        rooms(database),
        doors(database),
        events(database),
        lines(database),
        reposts(database) {}

  AccountsTable accounts;
  IdentitiesTable identities;
  SessionsTable sessions;
  RoomsTable rooms;
  DoorsTable doors;
  EventsTable events;
  LinesTable lines;
  RepostsTable reposts;
};

}  // namespace

/// Everything, in the order in which it is built.
struct Chat::Parts {
  Parts(const ChatOptions& chat_options, Push push_functions, std::unique_ptr<Database> store,
        std::unique_ptr<Templates> loaded)
      : options(chat_options),
        push(std::move(push_functions)),
        database(std::move(store)),
        templates(std::move(loaded)) {
    if (options.repost_by) post_office = std::make_unique<PostOffice>(poster);
  }

  /// The parts that can be refused.
  Done make_the_rest() {
    auto made = Accounts::make(tables.accounts, options.passphrase_cost, options.clock);
    if (!made) return made.refusal();
    accounts = std::move(*made);
    account_routes =
        std::make_unique<AccountRoutes>(*accounts, sessions, rooms, reception, account_pages,
                                        respond, stranger_forms, options.local_accounts);
    return done();
  }

  void add_to(Routes& routes) {
    home_routes.add_to(routes);
    account_routes->add_to(routes);
    identity_routes.add_to(routes);
    room_routes.add_to(routes);
    owner_routes.add_to(routes);
    door_routes.add_to(routes);
    log_routes.add_to(routes);
    repost_routes.add_to(routes);
  }

  const ChatOptions options;
  Push push;
  std::unique_ptr<Database> database;
  std::unique_ptr<Templates> templates;
  Tables tables{*database};

  Site site{options.public_url};
  ClientAddress client_address{options.trusted_proxies};
  CookieKey cookie_key{options.cookie_secret.empty() ? SessionId::random(options.random).text()
                                                     : options.cookie_secret};
  Sessions sessions{tables.sessions, options.clock, options.random};
  Guests guests{tables.accounts, options.clock, options.random};
  RelyingParty party{options.providers, options.web, options.clock, options.report};
  std::unique_ptr<Accounts> accounts;

  Doors doors{tables.doors, options.clock};
  Rooms rooms{
      {tables.accounts, tables.rooms, tables.events}, doors, push, options.rooms, options.clock};
  RoomKeeping keeping{
      {tables.accounts, tables.rooms, tables.doors}, rooms, options.passphrase_cost, options.clock};

  SecretBox secret_box{options.secrets_key};
  Poster poster{tables.reposts,
                secret_box,
                services_of(options),
                {options.clock, random_fraction, options.repost_by}};

  Pages pages{*templates, options.version, options.channel_script.url};
  LogPages log_pages{*templates};
  AccountPages account_pages{*templates, party.providers(), options.local_accounts};
  Reception reception{site, sessions, cookie_key, client_address};
  Respond respond{site, pages, cookie_key, options.channel_script.origin};
  StrangerForms stranger_forms{site, cookie_key, respond, options.random};

  HomeRoutes home_routes{tables.rooms, stranger_forms, reception, pages, respond};
  RoomRoutes room_routes{tables.rooms,
                         rooms,
                         stranger_forms,
                         reception,
                         pages,
                         respond,
                         {options.clock, options.random, options.poll_every}};
  OwnerRoutes owner_routes{tables.rooms, keeping, reception, pages, respond};
  DoorRoutes door_routes{tables.rooms, doors, {guests, sessions, stranger_forms},
                         reception,    pages, respond};
  IdentityRoutes identity_routes{{party, tables.identities, sessions, reception, site, cookie_key,
                                  account_pages, respond, options.clock, options.random}};
  LogRoutes log_routes{tables.rooms, tables.lines, doors,        reception,
                       log_pages,    respond,      options.clock};
  RepostRoutes repost_routes{
      tables.rooms, doors,
      reception,    *templates,
      respond,      {tables.reposts, secret_box, options.repost_reach, options.clock, rooms}};
  std::unique_ptr<AccountRoutes> account_routes;
  std::unique_ptr<PostOffice> post_office;  // Last: its threads end before what they use is gone.
};

Chat::Chat(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Chat::~Chat() = default;

std::variant<std::unique_ptr<Chat>, std::string> Chat::open(const ChatOptions& options, Push push) {
  if (sodium_init() < 0) return "libsodium cannot be initialised";
  auto database = Database::open(options.database, schema(), options.complain);
  if (auto* wrong = std::get_if<std::string>(&database)) return "the store: " + *wrong;
  auto templates = Templates::load(assets());
  if (auto* wrong = std::get_if<std::string>(&templates)) return "the templates: " + *wrong;
  auto parts = std::make_unique<Parts>(options, std::move(push),
                                       std::get<std::unique_ptr<Database>>(std::move(database)),
                                       std::get<std::unique_ptr<Templates>>(std::move(templates)));
  if (!parts->make_the_rest()) return "there is no memory for hashing passphrases";
  Tables& tables = parts->tables;
  const auto lobby = open_lobby(tables.accounts, tables.rooms, tables.events, options.clock());
  if (!lobby || !parts->rooms.resume()) return "the store cannot be written";
  return std::unique_ptr<Chat>(new Chat(std::move(parts)));
}

Routes Chat::routes() {
  Routes routes;
  parts_->add_to(routes);
  return routes;
}

void Chat::on_presence(const tayori::PresenceEdge& edge) { parts_->rooms.on_presence(edge); }

std::vector<tayori::GroupName> Chat::inhabited() const { return parts_->rooms.inhabited(); }

void Chat::sweep() {
  parts_->rooms.sweep();
  parts_->keeping.sweep();
}

}  // namespace retrochat
