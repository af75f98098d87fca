#include "web/chat.h"

#include <sodium.h>

#include <utility>

#include "identity/relying_party.h"
#include "people/cookie_key.h"
#include "rooms/lobby.h"
#include "store/schema.h"
#include "web/account_routes.h"
#include "web/door_routes.h"
#include "web/home_routes.h"
#include "web/identity_routes.h"
#include "web/owner_routes.h"
#include "web/log_routes.h"
#include "web/room_routes.h"

namespace retrochat {

/// Everything, in the order in which it is built.
struct Chat::Parts {
  Parts(const ChatOptions& options, Push push_functions, std::unique_ptr<Database> open_database,
        std::unique_ptr<Templates> loaded_templates)
      : push(std::move(push_functions)),
        database(std::move(open_database)),
        templates(std::move(loaded_templates)),
        pages(*templates, options.version),
        site(options.public_url),
        cookie_key(options.cookie_secret.empty() ? SessionId::random(options.random).text()
                                                 : options.cookie_secret),
        party(options.providers, options.web, options.clock, options.report),
        account_pages(*templates, party.providers(), options.local_accounts),
        sessions(sessions_table, options.clock, options.random),
        guests(accounts_table, options.clock, options.random),
        doors(doors_table, options.clock),
        rooms({accounts_table, rooms_table, events_table}, doors, push, options.rooms,
              options.clock),
        keeping({accounts_table, rooms_table, doors_table}, rooms, options.passphrase_cost,
                options.clock),
        stranger_forms(site, cookie_key, respond, options.random),
        room_routes(rooms_table, rooms, stranger_forms, reception, pages, respond,
                    {options.clock, options.poll_every}),
        identity_routes({party, identities_table, sessions, reception, site, cookie_key,
                         account_pages, respond, options.clock, options.random}),
        log_routes(rooms_table, lines_table, doors, reception, log_pages, respond, options.clock) {}

  Push push;
  std::unique_ptr<Database> database;
  std::unique_ptr<Templates> templates;
  AccountsTable accounts_table{*database};
  SessionsTable sessions_table{*database};
  RoomsTable rooms_table{*database};
  EventsTable events_table{*database};
  DoorsTable doors_table{*database};
  IdentitiesTable identities_table{*database};
  LinesTable lines_table{*database};
  Pages pages;
  LogPages log_pages{*templates};
  Site site;
  CookieKey cookie_key;
  RelyingParty party;
  AccountPages account_pages;
  Sessions sessions;
  Guests guests;
  Doors doors;
  Rooms rooms;
  RoomKeeping keeping;
  std::unique_ptr<Accounts> accounts;
  Reception reception{site, sessions, cookie_key};
  Respond respond{site, pages, cookie_key};
  StrangerForms stranger_forms;
  HomeRoutes home_routes{rooms_table, reception, pages, respond};
  RoomRoutes room_routes;
  OwnerRoutes owner_routes{rooms_table, keeping, reception, pages, respond};
  DoorRoutes door_routes{rooms_table, doors, {guests, sessions, stranger_forms},
                         reception,   pages, respond};
  IdentityRoutes identity_routes;
  LogRoutes log_routes;
  std::unique_ptr<AccountRoutes> account_routes;
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
  auto accounts = Accounts::make(parts->accounts_table, options.passphrase_cost, options.clock);
  if (!accounts) return "there is no memory for hashing passphrases";
  parts->accounts = std::move(*accounts);
  parts->account_routes = std::make_unique<AccountRoutes>(
      *parts->accounts, parts->sessions, parts->rooms, parts->reception, parts->account_pages,
      parts->respond, parts->stranger_forms, options.local_accounts);
  const auto lobby =
      open_lobby(parts->accounts_table, parts->rooms_table, parts->events_table, options.clock());
  if (!lobby || !parts->rooms.resume()) return "the store cannot be written";
  return std::unique_ptr<Chat>(new Chat(std::move(parts)));
}

Routes Chat::routes() {
  Routes routes;
  parts_->home_routes.add_to(routes);
  parts_->account_routes->add_to(routes);
  parts_->identity_routes.add_to(routes);
  parts_->room_routes.add_to(routes);
  parts_->owner_routes.add_to(routes);
  parts_->door_routes.add_to(routes);
  parts_->log_routes.add_to(routes);
  return routes;
}

void Chat::on_presence(const tayori::PresenceEdge& edge) { parts_->rooms.on_presence(edge); }

void Chat::sweep() { parts_->rooms.sweep(); }

}  // namespace retrochat
