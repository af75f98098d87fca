#include <array>
#include <cstdio>
#include <ctime>
#include <memory>

#include "report/report.h"

namespace tayori::bench {

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  const auto size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text.data(), size};
}

std::string git_revision() {
  struct Close {
    void operator()(std::FILE* pipe) const { ::pclose(pipe); }
  };
  const std::unique_ptr<std::FILE, Close> pipe(
      ::popen("git describe --always --dirty 2>/dev/null", "re"));
  std::array<char, 100> line{};
  if (!pipe || std::fgets(line.data(), line.size(), pipe.get()) == nullptr) return "unknown";
  std::string revision(line.data());
  revision.erase(revision.find_last_not_of('\n') + 1);
  return revision;
}

}  // namespace tayori::bench
