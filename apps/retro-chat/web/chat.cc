#include "web/chat.h"

#include <sodium.h>

#include <utility>

#include "rooms/lobby.h"
#include "store/schema.h"
#include "web/account_routes.h"
#include "web/home_routes.h"
#include "web/room_routes.h"

namespace retrochat {

/// Everything, in the order in which it is built.
struct Chat::Parts {
  Parts(const ChatOptions& options, Push push_functions, std::unique_ptr<Database> open_database,
        std::unique_ptr<Templates> loaded_templates)
      : push(std::move(push_functions)),
        database(std::move(open_database)),
        templates(std::move(loaded_templates)),
        pages(*templates, options.version, options.channel_script.url),
        site(options.public_url),
        sessions(sessions_table, options.clock, options.random),
        rooms(accounts_table, rooms_table, events_table, push, options.rooms, options.clock),
        respond(site, pages, options.channel_script.origin),
        room_routes(rooms_table, rooms, reception, pages, respond,
                    {options.clock, options.poll_every}) {}

  Push push;
  std::unique_ptr<Database> database;
  std::unique_ptr<Templates> templates;
  AccountsTable accounts_table{*database};
  SessionsTable sessions_table{*database};
  RoomsTable rooms_table{*database};
  EventsTable events_table{*database};
  Pages pages;
  Site site;
  Sessions sessions;
  Rooms rooms;
  std::unique_ptr<Accounts> accounts;
  Reception reception{site, sessions};
  Respond respond;
  HomeRoutes home_routes{rooms_table, reception, pages, respond};
  RoomRoutes room_routes;
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
  parts->account_routes =
      std::make_unique<AccountRoutes>(*parts->accounts, parts->sessions, parts->rooms,
                                      parts->reception, parts->pages, parts->respond);
  const auto lobby =
      open_lobby(parts->accounts_table, parts->rooms_table, parts->events_table, options.clock());
  if (!lobby || !parts->rooms.resume()) return "the store cannot be written";
  return std::unique_ptr<Chat>(new Chat(std::move(parts)));
}

Routes Chat::routes() {
  Routes routes;
  parts_->home_routes.add_to(routes);
  parts_->account_routes->add_to(routes);
  parts_->room_routes.add_to(routes);
  return routes;
}

void Chat::on_presence(const tayori::PresenceEdge& edge) { parts_->rooms.on_presence(edge); }

std::vector<tayori::GroupName> Chat::inhabited() const { return parts_->rooms.inhabited(); }

void Chat::sweep() { parts_->rooms.sweep(); }

}  // namespace retrochat
