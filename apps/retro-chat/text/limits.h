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
inline constexpr std::size_t kTopicChars = 200;
inline constexpr std::size_t kAwayWordChars = 40;
inline constexpr std::size_t kRoomPassphraseCharsMin = 4;
inline constexpr std::size_t kLineChars = 1'000;
/// The word by which a form sent twice is known; a longer one is taken for none.
inline constexpr std::size_t kOnceChars = 64;
/// Marks that pile up on one letter; further ones are dropped, as a tower of them covers other lines.
inline constexpr std::size_t kMarksOnALetter = 4;
/// A place to return to after signing in; a longer one is forgotten.
inline constexpr std::size_t kLocalPathBytes = 200;
/// What a page was asked for, kept on changing its language or look; a longer one is forgotten. The longest search fits,
/// at twelve bytes a character.
inline constexpr std::size_t kKeptQueryBytes = 1'500;

// Rooms.
inline constexpr std::size_t kRoomsPerOwner = 20;
inline constexpr std::size_t kMembersPerRoom = 250;
/// Handles that an owner lists as let in.
inline constexpr std::size_t kListedPerRoom = 200;
/// People shown out of one room who stay so; beyond it the first of them are forgotten.
inline constexpr std::uint32_t kRemovedPerRoom = 1'000;
/// Lines kept of each room; older ones are deleted as new ones come.
inline constexpr std::uint32_t kLinesKept = 100'000;
/// Rows that are deleted in one go of a room that was erased, once a second.
inline constexpr std::uint32_t kErasedAtOnce = 2'000;
/// Comings and goings kept of each room.
inline constexpr std::uint32_t kMovesKept = 200;
/// Events that the room's page starts with, and at most one poll brings; the page starts with more where there would be fewer
/// lines among them than the next, up to those and all comings and goings that are kept.
inline constexpr std::uint32_t kEventsShown = 100;
inline constexpr std::uint32_t kLinesShown = 30;
/// Lines that the download of a conversation has, the newest of those kept.
inline constexpr std::uint32_t kLinesDownloaded = 1'000;
/// Events on one page of the log, and in one answer to a script that asks for older ones.
inline constexpr std::uint32_t kEventsOnLogPage = 100;
/// What to search a conversation for.
inline constexpr std::size_t kSearchChars = 100;
/// Lines found that one page shows.
inline constexpr std::size_t kHitsShown = 50;
/// Lines, and bytes of them, that one search reads at most, where the index does not help; it can be gone on with from there.
inline constexpr std::size_t kLinesScanned = 20'000;
inline constexpr std::size_t kBytesScanned = std::size_t{1} << 20U;
/// Rooms that the front page lists, the liveliest first.
inline constexpr std::uint32_t kRoomsListed = 50;
/// Names that the front page shows of one room's people; the rest is a number.
inline constexpr std::size_t kNamesListed = 12;

// People.
/// People's passphrases hashed at one time, 64 MiB each; further ones wait. Of rooms' passphrases one is made and one is proved at
/// a time besides.
inline constexpr std::ptrdiff_t kHashesAtOnce = 2;
inline constexpr std::uint32_t kSessionsPerAccount = 20;
/// Guests looked at, whether they can be forgotten, for each new one: more than one, so that all have their turn, yet few.
inline constexpr std::uint32_t kGuestsLookedAt = 100;
inline constexpr std::chrono::days kSessionUnused{30};

// Rates: so many in so long, by whom.
inline constexpr std::size_t kSignInFailuresOfHandle = 10;
inline constexpr std::size_t kSignInFailuresOfPeer = 200;
inline constexpr std::chrono::minutes kSignInWindow{10};
inline constexpr std::size_t kSignUpsOfPeer = 300;
inline constexpr std::chrono::minutes kSignUpWindow{60};
inline constexpr std::size_t kGuestsOfPeer = 60;
inline constexpr std::chrono::minutes kGuestWindow{60};
/// Wrong passphrases for a room, by one person and from one peer.
inline constexpr std::size_t kKnocksOfPerson = 10;
inline constexpr std::size_t kKnocksOfPeer = 60;
inline constexpr std::chrono::minutes kKnockWindow{10};
inline constexpr std::size_t kLinesOfPerson = 100;
inline constexpr std::chrono::seconds kLinesWindow{60};
/// A search may take some milliseconds, in which nobody else is served by the store.
inline constexpr std::size_t kSearchesOfPerson = 60;
inline constexpr std::chrono::seconds kSearchWindow{60};
/// Forms by their `once`, remembered against being sent twice; beyond it the oldest is forgotten.
inline constexpr std::size_t kOncesKept = 10'000;
inline constexpr std::chrono::minutes kOnceWindow{10};

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

// Requests to other servers; beyond these there is no answer, or only the beginning of one.
inline constexpr std::chrono::milliseconds kWebConnect = std::chrono::seconds{5};
inline constexpr std::chrono::milliseconds kWebTotal = std::chrono::seconds{10};
inline constexpr std::size_t kWebAnswerBytes = std::size_t{256} * 1024;

// Signing in through others.
inline constexpr std::size_t kProviders = 20;
inline constexpr std::size_t kProviderNameChars = 32;
/// From leaving for a provider to coming back; and for choosing a handle.
inline constexpr std::chrono::minutes kSignInUnderWay{10};
/// Answers of providers waited for at one time, each on a worker; further people are asked to try again.
inline constexpr std::ptrdiff_t kProviderTalksAtOnce = 3;
inline constexpr std::size_t kProviderSignInsOfPeer = 200;
/// How long a provider's addresses and keys are believed before they are asked for again.
inline constexpr std::chrono::minutes kProviderFactsKept{60};
/// Keys asked for again because a token names an unknown one, of one provider in a minute.
inline constexpr std::size_t kKeysAskedAgain = 10;
inline constexpr std::size_t kIdTokenBytes = std::size_t{16} * 1024;
/// A subject has at most so many characters (OpenID Connect Core, section 2).
inline constexpr std::size_t kSubjectBytes = 255;
/// Troubles with one provider told to the operator in a minute.
inline constexpr std::size_t kTroublesTold = 10;
/// How far a provider's clock may be off.
inline constexpr std::chrono::seconds kClockLeeway{60};
// Re-posting.
/// Lines of a room that wait to be posted on; beyond it the oldest are given up (0005_reposts.sql says it too).
inline constexpr std::uint32_t kRepostsWaiting = 1'000;
/// Lines of a room that were given up, the newest (0010_given_up_reposts.sql says it too).
inline constexpr std::uint32_t kRepostsGivenUpKept = 1'000;
/// Finished ones kept of each room, and of them the addresses listed.
inline constexpr std::uint32_t kRepostsKept = 2'000;
inline constexpr std::uint32_t kRepostsListed = 1'000;
/// Outcomes that the owner's page shows.
inline constexpr std::uint32_t kRepostsShown = 20;
/// Rooms looked at in one go for something to post, and posted for at one time.
inline constexpr std::uint32_t kRepostsDue = 64;
inline constexpr std::size_t kRepostsAtOnce = 4;
inline constexpr std::size_t kRepostAddressBytes = 500;
inline constexpr std::size_t kRepostTokenBytes = 1'000;
/// More of a service's answer than this is not read, and it is not waited for longer.
inline constexpr std::size_t kRepostAnswerBytes = 65'536;
inline constexpr std::chrono::milliseconds kRepostTotal = std::chrono::seconds{20};
/// One test of a room waits at a time.
inline constexpr std::size_t kRepostTestsOfPerson = 10;
inline constexpr std::chrono::minutes kRepostTestWindow{10};
/// A line that could not be posted for so long is given up.
inline constexpr std::chrono::hours kRepostGivenUp{24};
inline constexpr std::chrono::minutes kRepostLongestPause{5};

}  // namespace retrochat::limits
