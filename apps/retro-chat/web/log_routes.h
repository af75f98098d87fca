// Log routes: what was said in a room, read back page by page, searched, and taken away as text.
//
//   GET /rooms/OWNER/NUMBER/older?before=N    100 older events; ?after=N newer ones, ?around=N both; nothing: the newest
//   GET /rooms/OWNER/NUMBER/search?q=WORDS    lines in which all words occur, the newest first; &before=N goes on
//   GET /rooms/OWNER/NUMBER/log.txt           the newest 1,000 lines; ?moves=1 with comings and goings
//
// All only for who may enter the room. The first two are JSON for `Accept: application/json`: events ascending, or found lines
// the newest first, and whether there are more.
//
// Threads: any, once made.
#pragma once

#include "pages/log_page.h"
#include "people/rate.h"
#include "rooms/doors.h"
#include "store/rooms_table.h"
#include "text/limits.h"
#include "web/respond.h"
#include "web/routes.h"

namespace retrochat {

class LogRoutes {
 public:
  LogRoutes(RoomsTable& table, LinesTable& lines, Doors& doors, Reception& reception,
            const LogPages& pages, const Respond& respond, Clock clock);

  void add_to(Routes& routes);

 private:
  struct Reader {
    Visitor visitor;
    Room room;
  };
  using Show = tayori::HttpResponse (LogRoutes::*)(const Reader&, const tayori::HttpRequest&);

  /// What `show` answers to who may read the room; others are turned away as by the room itself.
  tayori::HttpResponse open(const tayori::HttpRequest& request, Show show);

  tayori::HttpResponse older(const Reader& reader, const tayori::HttpRequest& request);
  tayori::HttpResponse search(const Reader& reader, const tayori::HttpRequest& request);
  /// Fills in what was looked for and what was found, or the refusal.
  void look_up(const Reader& reader, const tayori::HttpRequest& request, SearchView& view);
  tayori::HttpResponse text(const Reader& reader, const tayori::HttpRequest& request);

  RoomsTable& table_;
  LinesTable& lines_;
  Doors& doors_;
  Reception& reception_;
  const LogPages& pages_;
  const Respond& respond_;
  const Clock clock_;
  Rate searches_{limits::kSearchesOfPerson, limits::kSearchWindow};
};

}  // namespace retrochat
