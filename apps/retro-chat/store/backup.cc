#include "store/backup.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <system_error>

namespace retrochat {
namespace {

namespace fs = std::filesystem;

/// How long to wait for a chat that is just being started or stopped.
constexpr int kBusyMilliseconds = 10'000;

[[noreturn]] void fail(const fs::path& file) {
  throw std::runtime_error(file.string() + ": " + std::generic_category().message(errno));
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

/// A new file beside `target`, readable by its owner only, and gone again unless it was given its name.
class Unnamed {
 public:
  explicit Unnamed(const fs::path& target) : name_(target.string() + ".XXXXXX") {
    const int descriptor = ::mkostemp(name_.data(), O_CLOEXEC);
    if (descriptor < 0) fail(target);
    ::close(descriptor);
  }
  ~Unnamed() {
    if (!named_) ::unlink(name_.c_str());
  }
  Unnamed(const Unnamed&) = delete;
  Unnamed& operator=(const Unnamed&) = delete;

  [[nodiscard]] const std::string& path() const { return name_; }

  void give(const fs::path& target, Existing existing) {
    const unsigned flags = existing == Existing::refused ? RENAME_NOREPLACE : 0;
    if (::renameat2(AT_FDCWD, name_.c_str(), AT_FDCWD, target.c_str(), flags) != 0) fail(target);
    named_ = true;
  }

 private:
  std::string name_;
  bool named_ = false;
};

void bring_to_disk(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail(path);
  const bool there = ::fsync(descriptor) == 0;
  const int why = errno;
  ::close(descriptor);
  errno = why;
  if (!there) fail(path);
}

void copy(const fs::path& source, const std::string& target) {
  SQLite::Database live(source.string(), SQLite::OPEN_READONLY, kBusyMilliseconds);
  SQLite::Statement vacuum(live, "VACUUM INTO ?");
  vacuum.bind(1, target);
  vacuum.exec();
}

BackupFacts look_through(const std::string& copied) {
  SQLite::Database sql(copied, SQLite::OPEN_READONLY);
  const std::string found = sql.execAndGet("PRAGMA quick_check").getString();
  if (found != "ok") throw std::runtime_error("the copy is not sound: " + found);
  const auto count = [&sql](const char* query) { return sql.execAndGet(query).getInt64(); };
  return {count("SELECT count(*) FROM rooms"), count("SELECT count(*) FROM accounts"),
          count("SELECT count(*) FROM events WHERE kind = 'speak'"), fs::file_size(copied)};
}

/// Whether `target` is the live store, or one of the files that it keeps beside itself.
bool is_part_of(const fs::path& source, const fs::path& target) {
  std::error_code failed;
  if (!fs::equivalent(folder_of(source), folder_of(target), failed)) return false;
  return target.filename().string().starts_with(source.filename().string());
}

/// Empty when nothing speaks against it.
std::string objection(const fs::path& source, const fs::path& target, Existing existing) {
  if (!fs::exists(source)) return source.string() + ": there is no store";
  if (is_part_of(source, target)) return target.string() + ": that is the store itself";
  const auto status = fs::symlink_status(target);
  if (!fs::exists(status)) return {};
  if (!fs::is_regular_file(status)) return target.string() + ": that is not a file";
  if (fs::equivalent(source, target)) return target.string() + ": that is the store itself";
  if (existing == Existing::refused) return target.string() + " exists; --overwrite replaces it";
  return {};
}

}  // namespace

std::variant<BackupFacts, std::string> back_up(const fs::path& source, const fs::path& target,
                                               Existing existing) {
  try {
    if (std::string no = objection(source, target, existing); !no.empty()) return no;
    Unnamed file(target);
    copy(source, file.path());
    const BackupFacts facts = look_through(file.path());
    bring_to_disk(file.path());
    file.give(target, existing);
    bring_to_disk(folder_of(target));
    return facts;
  } catch (
      const std::exception& exception) {  // SQLite's and the file system's are of this kind too.
    return std::string(exception.what());
  }
}

}  // namespace retrochat
