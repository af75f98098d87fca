// Backup: a copy of the store, made while the chat goes on.
//
// By VACUUM INTO: one read transaction, so the copy is the store at one moment, and in WAL mode neither side waits for the
// other. SQLite's page-by-page backup would begin anew whenever the chat writes, and would carry along the free pages, on
// which deleted lines can still be read.
//
// The copy is written beside its place under another name, read through once, brought to the disk and only then named, so that
// whatever bears the name is whole. Readable by its owner only.
//
// Threads: any.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>

namespace retrochat {

/// What a copy holds.
struct BackupFacts {
  std::int64_t rooms = 0;
  std::int64_t people = 0;
  std::int64_t lines = 0;
  std::uintmax_t bytes = 0;
};

enum class Existing { refused, replaced };

/// Copies the store `source` to `target`. The string says what is wrong, and then `target` is as it was.
[[nodiscard]] std::variant<BackupFacts, std::string> back_up(const std::filesystem::path& source,
                                                             const std::filesystem::path& target,
                                                             Existing existing);

}  // namespace retrochat
