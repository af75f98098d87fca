#include "data_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace retrochat {
namespace {

std::string reason() { return std::generic_category().message(errno); }

}  // namespace

std::variant<DataFolder, std::string> DataFolder::open(const std::filesystem::path& folder) {
  // What people say and their passphrases' hashes are nobody else's to read.
  ::umask(S_IRWXG | S_IRWXO);
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) return folder.string() + ": " + failed.message();
  const auto file = folder / "retrochat.lock";
  DataFolder held(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (held.descriptor_ < 0) return file.string() + ": " + reason();
  if (::flock(held.descriptor_, LOCK_EX | LOCK_NB) == 0) return held;
  if (errno == EWOULDBLOCK) return folder.string() + ": another chat is running on this folder";
  return file.string() + ": " + reason();
}

DataFolder::~DataFolder() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

}  // namespace retrochat
