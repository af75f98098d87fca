#include "token_key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "people/sessions.h"

namespace retrochat {
namespace {

std::string reason() { return std::generic_category().message(errno); }

/// Readable by nobody else from the first moment on, which a stream cannot do.
std::string write_new(const std::filesystem::path& file, const std::string& key) {
  const int descriptor =
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return file.string() + ": " + reason();
  const bool written =
      ::write(descriptor, key.data(), key.size()) == static_cast<ssize_t>(key.size()) &&
      ::fsync(descriptor) == 0;
  const std::string wrong = written ? "" : file.string() + ": " + reason();
  ::close(descriptor);
  return wrong;
}

}  // namespace

std::variant<TokenKey, std::string> keep_token_key(const std::filesystem::path& file) {
  constexpr std::size_t kKeyCharacters = 64;
  if (std::ifstream in(file); in) {
    std::string key;
    std::getline(in, key);
    if (key.size() >= kKeyCharacters) return TokenKey{key};
    return file.string() + " holds no key; delete it to have a new one made";
  }
  if (std::error_code failed; std::filesystem::exists(file, failed) || failed)
    return file.string() + " cannot be read";
  const std::string key = SessionId::random(secure_random).text();
  if (std::string wrong = write_new(file, key); !wrong.empty()) return wrong;
  return TokenKey{key};
}

}  // namespace retrochat
