#include "server/config_check.h"

#include <fmt/format.h>

#include <string_view>

#include "server/endpoint.h"

namespace tayori::server {

namespace {

// Kind, number and newline of a message frame, and some to spare.
constexpr std::size_t kFrameBytes = 64;
// The other members of a request's JSON.
constexpr std::size_t kRequestBytes = 512;
// Of a page's form: the longest token, and the names of its fields.
constexpr std::size_t kFormBytes = 16'384 + 16;
// "%XX" for a byte.
constexpr std::size_t kEscapedByte = 3;

void check_keys(const Config& config, ConfigProblems& problems) {
  if (config.internal.api_key.empty()) {
    problems.push_back(
        {"internal.api_key",
         "backends need a key to be let in. Make one with `openssl rand -hex 32` and give it as "
         "TAYORI_INTERNAL_API_KEY, or as api_key below [internal] (`tayori dev` does without)"});
  }
  if (config.tokens.key.empty()) {
    problems.push_back(
        {"tokens.key",
         "tokens need a key that signs them. Make one with `openssl rand -hex 32` and give it as "
         "TAYORI_TOKENS_KEY, or as key below [tokens] (`tayori dev` does without)"});
  }
}

void check_loopback(std::string_view key, std::string_view listen, ConfigProblems& problems) {
  const auto endpoint = Endpoint::parse(listen);
  if (!endpoint || endpoint->is_loopback()) return;
  problems.push_back(
      {std::string(key),
       fmt::format("dev mode asks nobody for a key, so it stays on this machine: expected "
                   "127.0.0.1, [::1] or localhost, found \"{}\"",
                   listen)});
}

void check_engine(const Config& config, ConfigProblems& problems) {
  if (config.log.engine == LogEngine::memory) return;
  const std::string_view engine = config.log.engine == LogEngine::file ? "file" : "nats";
  problems.push_back(
      {"log.engine",
       fmt::format("\"{}\" comes in a later version; so far there is \"memory\"", engine)});
}

void check_listeners(const Config& config, ConfigProblems& problems) {
  const auto pages = Endpoint::parse(config.public_.listen);
  const auto backends = Endpoint::parse(config.internal.listen);
  if (!pages || !backends || pages->port() == 0) return;
  if (pages->text() != backends->text()) return;
  problems.push_back({"internal.listen",
                      fmt::format("browsers and backends need listeners of their own; both are {}",
                                  pages->text())});
}

void check_limits(const Config& config, ConfigProblems& problems) {
  const std::size_t message = config.session.message_bytes;
  const auto need = [&](std::string_view key, std::size_t bytes, std::size_t least) {
    if (bytes >= least) return;
    problems.push_back(
        {std::string(key),
         fmt::format("one message of session.message_bytes = {} has to fit: expected at "
                     "least {}, found {}",
                     message, least, bytes)});
  };
  need("session.outbox_bytes", config.session.outbox_bytes, message + kFrameBytes);
  need("log.history_topic_bytes", config.log.history_topic_bytes, message + kFrameBytes);
  need("log.history_bytes", config.log.history_bytes, message + kFrameBytes);
  need("http.internal_body_bytes", config.http.internal_body_bytes, message + kRequestBytes);
}

void check_receive(const Config& config, ConfigProblems& problems) {
  if (config.receive.url.empty()) return;
  const std::size_t least = config.receive.message_bytes * kEscapedByte + kFormBytes;
  if (config.http.public_body_bytes >= least) return;
  problems.push_back(
      {"http.public_body_bytes",
       fmt::format("a page's message of receive.message_bytes = {} has to fit, escaped and with "
                   "its token: expected at least {}, found {}",
                   config.receive.message_bytes, least, config.http.public_body_bytes)});
}

}  // namespace

ConfigProblems check_config(const Config& config) {
  ConfigProblems problems;
  if (config.server.mode == Mode::dev) {
    check_loopback("public.listen", config.public_.listen, problems);
    check_loopback("internal.listen", config.internal.listen, problems);
  } else {
    check_keys(config, problems);
  }
  check_listeners(config, problems);
  check_engine(config, problems);
  check_limits(config, problems);
  check_receive(config, problems);
  return problems;
}

}  // namespace tayori::server
