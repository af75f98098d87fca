// Refusal: why something a person asked for was not done; the closed table of Retro Chat.
//
// One row per case: its name, its HTTP status, and what is said to the person in each language. A page and a
// script's answer say the same sentence.
//
// Threads: any (constants).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "text/language.h"

namespace retrochat {

enum class Refusal : std::uint8_t {
  not_text,
  handle_missing,
  handle_too_long,
  handle_letters,
  handle_taken,
  passphrase_too_short,
  passphrase_too_long,
  passphrase_is_handle,
  not_recognised,
  too_many_attempts,
  too_many_sign_ups,
  sign_in_first,
  form_expired,
  other_site,
  room_name_missing,
  room_name_too_long,
  too_many_rooms,
  no_such_room,
  room_full,
  line_blank,
  line_too_long,
  lines_too_fast,
  topic_too_long,
  away_word_too_long,
  entry_unknown,
  room_passphrase_too_short,
  too_many_listed,
  not_your_room,
  guests_own_nothing,
  delete_not_confirmed,
  no_such_person,
  owner_stays,
  not_listed,
  room_closed,
  removed_from_room,
  left_room,
  room_passphrase_missing,
  room_passphrase_wrong,
  too_many_knocks,
  too_many_guests,
  sign_in_cancelled,
  sign_in_stale,
  provider_silent,
  provider_not_believed,
  no_local_accounts,
  search_too_long,
  searches_too_fast,
  repost_address_bad,
  repost_token_bad,
  repost_owner_only,
  repost_tests_too_fast,
  no_such_page,
  trouble,
};

struct RefusalFacts {
  Refusal refusal;
  std::string_view name;
  int http_status;
  std::string_view ja;
  std::string_view en;
};

/// All rows, each at the index that is its Refusal.
[[nodiscard]] std::span<const RefusalFacts> refusals();

[[nodiscard]] const RefusalFacts& facts(Refusal refusal);
[[nodiscard]] std::string_view sentence(Refusal refusal, Language language);

}  // namespace retrochat
