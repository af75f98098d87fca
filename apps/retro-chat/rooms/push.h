// Push: what Retro Chat asks of Tayori, as four functions.
//
// main.cc fills them from the server embedded beside it, or remote/ from a separate one; tests fill them with what they want
// to see. send_group and disconnect are told, not waited for; what is told of one room is done in that order.
//
// Threads: any; each function may be called from several threads at once.
#pragma once

#include <functional>
#include <string_view>

#include "tayori/server.h"

namespace retrochat {

struct Push {
  std::function<tayori::Result<tayori::Channel>(const tayori::ClientId&,
                                                const tayori::ChannelOptions&)>
      create_channel;
  std::function<void(const tayori::GroupName&, tayori::Payload)> send_group;
  std::function<tayori::Result<tayori::ClientId>(std::string_view token)> client_of;
  /// Ends the pages of a client id, and makes the tokens void that it was given until now.
  std::function<void(const tayori::ClientId&)> disconnect;
};

}  // namespace retrochat
