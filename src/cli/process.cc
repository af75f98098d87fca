#include "cli/process.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <csignal>
#include <memory>

namespace tayori::cli {

namespace {

// Listeners, wake-up pipes, standard streams, outgoing requests.
constexpr std::size_t kOwnDescriptors = 64;

spdlog::level::level_enum level_of(server::LogLevel level) {
  switch (level) {
    case server::LogLevel::debug: return spdlog::level::debug;
    case server::LogLevel::info: return spdlog::level::info;
    case server::LogLevel::warning: return spdlog::level::warn;
    case server::LogLevel::error: return spdlog::level::err;
    case server::LogLevel::off: break;
  }
  return spdlog::level::off;
}

}  // namespace

void log_to_stderr(server::LogLevel level) {
  auto logger =
      std::make_shared<spdlog::logger>("tayori", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  logger->set_level(level_of(level));
  spdlog::set_default_logger(std::move(logger));
}

void raise_descriptor_limit(std::size_t connections) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  if (limit.rlim_max >= connections + kOwnDescriptors) return;
  spdlog::warn(
      "server.max_connections is {}, but the system grants this process {} file descriptors "
      "(ulimit -Hn)",
      connections, limit.rlim_max);
}

void ignore_broken_pipes() { std::signal(SIGPIPE, SIG_IGN); }

}  // namespace tayori::cli
