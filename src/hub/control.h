// Control: what a control record of the log says: who joins and leaves a group, who comes and goes, who is ended.
//
// A record belongs to the topic of the client id it is about. Its text is words with line ends between them, which
// no name has. What a node does not know it passes over, so that nodes of two versions can read one log.
//
// Threads: any (plain values, functions).
// Source:  docs/explanation/log.md; docs/adr/0012-presence-is-in-the-log-by-client-id.md
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include "broker/record.h"
#include "tayori/client_id.h"
#include "tayori/group_name.h"
#include "tayori/presence.h"

namespace tayori::hub {

struct Control {
  using WallTime = std::chrono::system_clock::time_point;

  /// The client id hears what is sent to the group after this record.
  struct Join {
    GroupName group;
  };
  struct Leave {
    GroupName group;
  };
  /// The first session of the client id has opened.
  struct Come {
    WallTime at;
  };
  /// The last one is gone.
  struct Go {
    WallTime at;
    PresenceEdge::Reason reason;
  };
  /// Its sessions end; its tokens made so far are refused from here on, if they are revoked.
  struct End {
    WallTime at;
    bool revokes;
    /// What pages are told; empty for the sentence of the code.
    std::string why;
  };
  using Act = std::variant<Join, Leave, Come, Go, End>;

  ClientId client_id;
  Act act;
};

/// `control` as an entry of the log.
[[nodiscard]] broker::Record record_of(const Control& control);

/// What `record`, which is a control record, says; nothing when this node does not know it.
[[nodiscard]] std::optional<Control> control_of(const broker::Record& record);

}  // namespace tayori::hub
