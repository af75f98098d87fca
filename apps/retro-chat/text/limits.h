// Limits: every bound of Retro Chat on what people may hand in or fill up, in one place.
//
// What happens beyond each is a Refusal with a sentence for the person, unless its line says otherwise.
//
// Threads: any (constants).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace retrochat::limits {

// Text, in Unicode characters unless the name says bytes.
inline constexpr std::size_t kHandleChars = 24;
inline constexpr std::size_t kPassphraseCharsMin = 8;
inline constexpr std::size_t kPassphraseBytes = 256;
inline constexpr std::size_t kRoomNameChars = 40;
inline constexpr std::size_t kLineChars = 1'000;
/// Marks that pile up on one letter; further ones are dropped, as a tower of them covers other lines.
inline constexpr std::size_t kMarksOnALetter = 4;
/// A place to return to after signing in; a longer one is forgotten.
inline constexpr std::size_t kLocalPathBytes = 200;

// Rooms.
inline constexpr std::size_t kRoomsPerOwner = 20;
inline constexpr std::size_t kMembersPerRoom = 100;
/// Lines kept of each room; older ones are deleted as new ones come.
inline constexpr std::uint32_t kLinesKept = 1'000;
/// Comings and goings kept of each room.
inline constexpr std::uint32_t kMovesKept = 200;
/// Events that the room's page starts with, and at most one poll brings.
inline constexpr std::uint32_t kEventsShown = 100;
/// Rooms that the front page lists, the liveliest first.
inline constexpr std::uint32_t kRoomsListed = 50;
/// Names that the front page shows of one room's people; the rest is a number.
inline constexpr std::size_t kNamesListed = 12;

// People.
/// Passphrases hashed at one time, 64 MiB each; further ones wait.
inline constexpr std::ptrdiff_t kHashesAtOnce = 2;
inline constexpr std::uint32_t kSessionsPerAccount = 20;
inline constexpr std::chrono::days kSessionUnused{30};

// Rates: so many in so long, by whom.
inline constexpr std::size_t kSignInFailuresOfHandle = 10;
inline constexpr std::size_t kSignInFailuresOfPeer = 200;
inline constexpr std::chrono::minutes kSignInWindow{10};
inline constexpr std::size_t kSignUpsOfPeer = 300;
inline constexpr std::chrono::minutes kSignUpWindow{60};
inline constexpr std::size_t kLinesOfPerson = 100;
inline constexpr std::chrono::seconds kLinesWindow{60};
// A separate Tayori that is away (remote/).
/// Pushes that wait for it; the oldest give way, and the pages of their rooms ask for what they missed.
inline constexpr std::size_t kPushesWaiting = 5'000;
/// Disconnects that wait for it, one a client id; the oldest gives way.
inline constexpr std::size_t kDisconnectsWaiting = 10'000;
/// Rooms whose pages are to ask for what they missed; those of further ones find out by their next event or poll.
inline constexpr std::size_t kRoomsToAsk = 100'000;
/// Tokens whose holders are remembered; a page with an older one is given a new one.
inline constexpr std::size_t kTokensRemembered = 100'000;

/// Keys that one rate keeps count of; beyond it the oldest count is forgotten.
inline constexpr std::size_t kRateKeys = 10'000;

}  // namespace retrochat::limits
