// DevConsole: the page of `tayori dev`, its routes, and presence told where it can be seen.
//
//   GET  /              the page
//   GET  /dev/...       its script and style
//   POST /dev/channel   {"client_id"} → {"client_id", "token", "send_url"}
//   POST /dev/send      {"client_id" or "everyone": true, "message"} → {"cursor", "sessions"}
//
// It uses nothing but <tayori/server.h>, as any program might. Presence goes to the terminal, and as messages to a
// group that its pages are in. The POST routes answer only what was asked by a page of this machine, since a server
// for trying things out asks nobody for a key.
//
// Threads: set up only (constructor); its routes run on the server's workers, several at a time.
// Source:  docs/tutorial/first-message.md
#pragma once

#include <memory>
#include <string_view>

#include "tayori/server.h"

namespace tayori::cli {

/// The client id of the page at "/".
inline constexpr std::string_view kDevClientId = "you";

class DevConsole {
 public:
  /// Adds the routes to `server`. REQUIRES: it has not started.
  explicit DevConsole(std::unique_ptr<Server> server);

  [[nodiscard]] Server& server() { return *server_; }

 private:
  HttpResponse open_channel(const HttpRequest& request);
  HttpResponse send(const HttpRequest& request);
  void on_presence(const PresenceEdge& edge);

  GroupName presence_group_;
  std::unique_ptr<Server> server_;  // last: its handlers use what stands above
};

}  // namespace tayori::cli
