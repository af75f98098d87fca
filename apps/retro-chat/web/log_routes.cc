#include "web/log_routes.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <limits>
#include <utility>

#include "pages/log_text.h"
#include "rooms/address.h"
#include "rooms/room_json.h"
#include "web/named_room.h"

namespace retrochat {
namespace {

constexpr EventNumber kAfterAll{std::numeric_limits<std::int64_t>::max()};

/// The event that the query names, or nothing when it makes no sense.
std::optional<EventNumber> place_in(const tayori::HttpRequest& request, std::string_view name) {
  return parse_event_number(request.query_value(name));
}

boost::json::array events_json(const std::vector<Event>& events) {
  boost::json::array array;
  for (const Event& event : events) array.push_back(event_json(event));
  return array;
}

std::string hits_json(const Hits& hits) {
  boost::json::object object{{"events", events_json(hits.lines)},
                             {"more", hits.before.has_value()}};
  if (hits.before) object["before"] = hits.before->value;
  return boost::json::serialize(object);
}

}  // namespace

LogRoutes::LogRoutes(RoomsTable& table, LinesTable& lines, Doors& doors, Reception& reception,
                     const LogPages& pages, const Respond& respond, Clock clock)
    : table_(table),
      lines_(lines),
      doors_(doors),
      reception_(reception),
      pages_(pages),
      respond_(respond),
      clock_(std::move(clock)) {}

void LogRoutes::add_to(Routes& routes) {
  const auto add = [&](const char* what, Show show) {
    routes.push_back(
        {"GET", std::string("/rooms/{owner}/{number}/") + what,
         [this, show](const tayori::HttpRequest& request) { return open(request, show); }});
  };
  add("older", &LogRoutes::older);
  add("search", &LogRoutes::search);
  add("log.txt", &LogRoutes::text);
}

tayori::HttpResponse LogRoutes::open(const tayori::HttpRequest& request, Show show) {
  auto visitor = reception_.receive(request);
  if (!visitor) return respond_.refuse({}, {visitor.refusal()});
  auto room = named_room(request, table_);
  if (!room) return respond_.refuse(*visitor, {room.refusal()});
  if (const auto let_in = doors_.may_enter(*room, visitor->account()); !let_in) {
    const std::string path = path_of(*room);
    if (let_in.refusal() == Refusal::sign_in_first && !visitor->is_script)
      return respond_.go(sign_in_path(path));
    return respond_.refuse(*visitor, {let_in.refusal(), path});
  }
  return (this->*show)({std::move(*visitor), std::move(*room)}, request);
}

tayori::HttpResponse LogRoutes::older(const Reader& reader, const tayori::HttpRequest& request) {
  const auto& [visitor, room] = reader;
  const auto around = place_in(request, "around");
  const auto after = place_in(request, "after");
  const auto page = around ? lines_.around(room.id, *around)
                    : after
                        ? lines_.after(room.id, *after)
                        : lines_.before(room.id, place_in(request, "before").value_or(kAfterAll));
  if (!page) return respond_.refuse(visitor, {page.refusal(), path_of(room)});
  if (visitor.is_script) {
    const boost::json::object answer{{"events", events_json(page->events)}, {"more", page->older}};
    return respond_.json(200, boost::json::serialize(answer));
  }
  return respond_.page(visitor, 200, pages_.log(visitor.frame(), room, *page));
}

tayori::HttpResponse LogRoutes::search(const Reader& reader, const tayori::HttpRequest& request) {
  const auto& [visitor, room] = reader;
  SearchView view{room, {}, {}};
  look_up(reader, request, view);
  if (visitor.is_script && view.refusal) return respond_.refuse(visitor, {*view.refusal});
  if (visitor.is_script) return respond_.json(200, hits_json(view.hits));
  const int status = view.refusal ? facts(*view.refusal).http_status : 200;
  auto response = respond_.page(visitor, status, pages_.search(visitor.frame(), view));
  const auto wait = view.refusal ? retry_after(*view.refusal) : std::nullopt;
  if (wait) response.with("Retry-After", std::to_string(wait->count()));
  return response;
}

void LogRoutes::look_up(const Reader& reader, const tayori::HttpRequest& request,
                        SearchView& view) {
  const auto& [visitor, room] = reader;
  auto words = SearchWords::parse(request.query_value("q"));
  if (!words) {
    view.refusal = words.refusal();
    return;
  }
  view.words = std::move(*words);
  if (view.words.empty()) return;
  // Who may enter a room is somebody, if only a guest.
  if (!searches_.take(std::to_string(visitor.signed_in->account.id.value), clock_())) {
    view.refusal = Refusal::searches_too_fast;
    return;
  }
  auto hits = lines_.search(room.id, view.words, place_in(request, "before").value_or(kAfterAll));
  if (hits) {
    view.hits = std::move(*hits);
  } else {
    view.refusal = hits.refusal();
  }
}

tayori::HttpResponse LogRoutes::text(const Reader& reader, const tayori::HttpRequest& request) {
  const auto& [visitor, room] = reader;
  const bool moves = request.query_value("moves") == "1";
  const auto events =
      lines_.newest(room.id, moves ? LinesTable::Moves::told : LinesTable::Moves::left_out);
  if (!events) return respond_.refuse(visitor, {events.refusal(), path_of(room)});
  const TimePoint now = clock_();
  auto response = tayori::HttpResponse::text(200, log_text(room, *events, now, visitor.language));
  response.with("Content-Disposition", "attachment; filename=\"" + log_file_name(room, now) + "\"")
      .with("Content-Language", std::string(code(visitor.language)))
      .with("Cache-Control", "no-store")
      .with("X-Content-Type-Options", "nosniff");
  return response;
}

}  // namespace retrochat
