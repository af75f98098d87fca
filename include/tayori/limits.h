// Limits: the contract's bounds on what an outsider may hand in.
//
// Each is a default or a hard bound of the contract with backends and pages; configuration may lower them, and raise the ones that
// say so. What happens beyond a limit is written where it is checked.
//
// Threads: any (constants).
#pragma once

#include <chrono>
#include <cstddef>

namespace tayori::limits {

inline constexpr std::size_t kClientIdBytes = 256;
inline constexpr std::size_t kGroupNameBytes = 128;
inline constexpr std::size_t kGroupsPerClient = 64;

/// The old service's bound; configuration may raise it up to kMessageBytesCeiling.
inline constexpr std::size_t kMessageBytes = 32'767;
inline constexpr std::size_t kMessageBytesCeiling = 1'048'576;

inline constexpr std::chrono::minutes kTokenLifeDefault{120};
inline constexpr std::chrono::minutes kTokenLifeMin{1};
inline constexpr std::chrono::minutes kTokenLifeMax{1'440};

}  // namespace tayori::limits
