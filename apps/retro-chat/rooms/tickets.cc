#include "rooms/tickets.h"

#include <charconv>
#include <utility>

#include "rooms/address.h"

namespace retrochat {

Answer<Ticket> Tickets::issue(const Room& room, const Account& who, TimePoint now) {
  tayori::ChannelOptions options;
  options.groups.push_back(group_of(room));
  auto channel = push_.create_channel(client_id_of(room, who), options);
  if (!channel) return Refusal::trouble;
  return Ticket{std::move(channel->token), now};
}

bool Tickets::is_fresh(const Room& room, const Account& who, const PresentedTicket& presented,
                       TimePoint now) const {
  std::int64_t issued = 0;
  const char* const end = presented.issued.data() + presented.issued.size();
  const auto read = std::from_chars(presented.issued.data(), end, issued);
  if (read.ec != std::errc{} || read.ptr != end || issued < 0) return false;
  const std::int64_t now_ms = now.time_since_epoch().count();
  if (issued > now_ms || now_ms - issued >= renew_after_.count()) return false;
  const auto holder = push_.client_of(presented.token);
  return holder && *holder == client_id_of(room, who);
}

}  // namespace retrochat
