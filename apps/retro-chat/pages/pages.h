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
#include "rooms/rooms.h"
#include "store/rooms_table.h"
#include "text/local_path.h"
#include "text/refusal.h"

namespace retrochat {

/// What a form shows again after it was refused.
struct FormState {
  /// What was typed, as far as it may be shown again.
  std::string typed = {};
  std::optional<Refusal> refusal = {};
};

struct RoomView {
  const Room& room;
  const Account& me;
  const RoomVisit& visit;
  TimePoint now;
  std::chrono::milliseconds poll_every;
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

  [[nodiscard]] std::string home(const Frame& frame,
                                 const std::vector<RoomListing>& listings) const;
  [[nodiscard]] std::string sign_up(const Frame& frame, const LocalPath& to,
                                    const FormState& form) const;
  [[nodiscard]] std::string sign_in(const Frame& frame, const LocalPath& to,
                                    const FormState& form) const;
  [[nodiscard]] std::string new_room(const Frame& frame, const FormState& form) const;
  [[nodiscard]] std::string room(const Frame& frame, const RoomView& view) const;
  [[nodiscard]] std::string error(const Frame& frame, const ErrorView& view) const;

 private:
  const Templates& templates_;
  const std::string version_;
  const std::string channel_script_;
};

}  // namespace retrochat
