// post_text: a line as it is posted, "who: line", as long as the service takes.
//
// What is too long is cut and ends in "…"; a link is kept whole or left out, and no letter loses its marks. A link to the
// room is added only where the line fits in whole together with it. "@name" is kept from calling somebody there: people
// in a room go by names of their own.
//
// Lengths are counted as each service documents it, and never less: Mastodon counts characters, X weighs them
// (most letters 1, Japanese and the like 2); both count a link as 23. Sequences of emoji, which X counts as 2, count with
// all their parts here.
//
// Threads: any.
// Source:  docs.joinmastodon.org/user/posting; docs.x.com/fundamentals/counting-characters; twitter-text config v3
#pragma once

#include <string>

#include "store/repost_rows.h"

namespace retrochat {

struct SpokenLine {
  std::string who;
  std::string line;
  /// The room's address; empty for none.
  std::string link = {};
};

/// REQUIRES: mastodon or x; a webhook is given everything.
[[nodiscard]] std::string post_text(RepostKind kind, const SpokenLine& spoken);

/// How long `text` is to the service.
[[nodiscard]] std::size_t post_length(RepostKind kind, const std::string& text);

}  // namespace retrochat
