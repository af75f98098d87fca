#include "base/check.h"

#include <spdlog/spdlog.h>

#include <cstdlib>

namespace tayori::base {

void check_failed(std::string_view condition, std::string_view why, const char* file,
                  int line) noexcept {
  spdlog::critical("{}:{}: CHECK({}) does not hold: {}", file, line, condition, why);
  spdlog::default_logger_raw()->flush();
  std::abort();
}

}  // namespace tayori::base
