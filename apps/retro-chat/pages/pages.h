// Pages: each page of Retro Chat as HTML, made of a template and what it shows.
//
// Threads: any.
// Source:  pages/templates/
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pages/frame.h"
#include "pages/templates.h"
#include "rooms/room_keeping.h"
#include "rooms/rooms.h"
#include "store/rooms_table.h"
#include "text/local_path.h"
#include "text/refusal.h"

namespace retrochat {

/// The room's form, as it is shown or shown again.
struct RoomForm {
  std::string name = {};
  std::string topic = {};
  RoomEntry entry = RoomEntry::signed_in;
  std::string handles = {};
  bool reposts = false;
  std::optional<Refusal> refusal = {};
};

struct SettingsView {
  const Room& room;
  const RoomKeeping::Books& books;
  const RoomForm& form;
};

/// What stands between somebody and a room.
struct DoorView {
  const Room& room;
  Refusal refusal;
  /// What a stranger's form carries (web/stranger_forms.h).
  std::string guest_token = {};
};

/// Lists of rooms, and to whom they are shown.
struct ListView {
  const std::vector<RoomListing>& listings;
  const std::optional<Account>& viewer;
  /// As in DoorView, where a stranger is shown the way in.
  std::string guest_token = {};
};

struct RoomView {
  const Room& room;
  const Account& me;
  const RoomVisit& visit;
  TimePoint now;
  std::chrono::milliseconds poll_every;
  /// What the form to speak carries: no other page's does.
  std::string once;
};

struct ErrorView {
  Refusal refusal;
  /// Where "back" leads.
  std::string back = "/";
  /// What the person wrote and would be sorry to lose.
  std::string typed = {};
};

class Pages {
 public:
  /// `channel_script` is the address of the channel's script.
  Pages(const Templates& templates, std::string version, std::string channel_script)
      : templates_(templates),
        version_(std::move(version)),
        channel_script_(std::move(channel_script)) {}

  [[nodiscard]] std::string home(const Frame& frame, const ListView& view) const;
  [[nodiscard]] std::string rooms_of(const Frame& frame, std::string_view owner,
                                     const ListView& view) const;
  [[nodiscard]] std::string new_room(const Frame& frame, const RoomForm& form) const;
  [[nodiscard]] std::string settings(const Frame& frame, const SettingsView& view) const;
  [[nodiscard]] std::string door(const Frame& frame, const DoorView& view) const;
  [[nodiscard]] std::string room(const Frame& frame, const RoomView& view) const;
  [[nodiscard]] std::string error(const Frame& frame, const ErrorView& view) const;

 private:
  const Templates& templates_;
  const std::string version_;
  const std::string channel_script_;
};

}  // namespace retrochat
