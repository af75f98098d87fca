// Config: everything about a server that its operator may decide.
//
// A plain struct whose defaults make a working server; read_config() in config_read.h fills it from a file,
// the environment and flags, and check_config() in config_check.h refuses what cannot work. What each
// key is called, takes and means stands once, in config_keys.cc.
//
// Threads: any (a plain value).
// Source:  docs/reference/configuration.md
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tayori/limits.h"

namespace tayori::server {

/// `dev` trades safety for ease on one's own machine: a random tokens key, no API key. Loopback only.
enum class Mode : std::uint8_t { serve, dev };
/// What the log is kept in. Only `memory` exists so far; check_config() says so of the others.
enum class LogEngine : std::uint8_t { memory, file, nats };
enum class TokenInQuery : std::uint8_t { refused, allowed };
enum class AppEngineForm : std::uint8_t { urlencoded, multipart };
enum class LogLevel : std::uint8_t { debug, info, warning, error, off };

struct Config {
  /// The listener that browsers reach.
  struct Public {
    std::string listen = "127.0.0.1:8080";
    /// The address that pages use, where it is not the listener's own.
    std::string url = {};
    /// Path of the channel endpoints; begins and ends with '/'.
    std::string prefix = "/_ah/channel/";
    /// Origins whose pages may open channels ("https://example.com"); "*" is any.
    std::vector<std::string> origins = {"*"};
    /// Whether an EventSource may carry its token in the address, where logs see it.
    TokenInQuery token_in_query = TokenInQuery::refused;
  };
  /// The listener that backends and operators reach; none when `listen` is empty.
  struct Internal {
    std::string listen = "127.0.0.1:8081";
    std::string api_key = {};
  };
  struct Tokens {
    std::string key = {};
    /// Still verifies, no longer signs: for changing keys without losing pages.
    std::string previous_key = {};
    /// The life of a token that was asked for without one.
    std::chrono::minutes duration = limits::kTokenLifeDefault;
    /// Client ids whose tokens may be revoked at a time.
    std::size_t revocations = 100'000;
  };
  struct Groups {
    /// Client ids that may be in groups, each counted once for each.
    std::size_t memberships = 1'000'000;
  };
  struct Server {
    Mode mode = Mode::serve;
    /// Event loops, one thread each; 0 for the number of cores.
    std::size_t loops = 0;
    /// Threads that run an embedding program's own handlers.
    std::size_t workers = 2;
    /// Time that pages get to be told to come back; below 5 s, in which the process has to be gone.
    std::chrono::milliseconds drain = std::chrono::seconds{4};
    /// Connections of both listeners together; one more is closed at once.
    std::size_t max_connections = 100'000;
    /// What the program tells on stderr.
    LogLevel verbosity = LogLevel::info;
  };
  /// The ordered record of messages, and how much of it is held.
  struct Log {
    LogEngine engine = LogEngine::memory;
    std::chrono::milliseconds history = std::chrono::minutes{10};
    /// Messages held of one topic.
    std::size_t history_messages = 1'000;
    /// Bytes held of one topic.
    std::size_t history_topic_bytes = std::size_t{32} * 1024 * 1024;
    /// Bytes held of all topics together.
    std::size_t history_bytes = std::size_t{256} * 1024 * 1024;
    /// Idempotency keys remembered, for as long as history is.
    std::size_t idempotency_keys = 100'000;
  };
  struct Session {
    std::size_t outbox_bytes = std::size_t{1024} * 1024;
    std::size_t message_bytes = limits::kMessageBytes;
    std::chrono::milliseconds heartbeat = std::chrono::seconds{25};
    /// From the connection to the frame that carries the token.
    std::chrono::milliseconds authenticate = std::chrono::seconds{10};
    /// The longest that the answer to a poll is held.
    std::chrono::milliseconds poll_wait = std::chrono::seconds{25};
  };
  /// Limits of one HTTP request, on either listener.
  struct Http {
    std::size_t head_bytes = std::size_t{16} * 1024;
    std::size_t head_fields = 100;
    std::chrono::milliseconds head_timeout = std::chrono::seconds{10};
    /// Has room for a page's message of the usual length that is all escapes, with the longest token.
    std::size_t public_body_bytes = std::size_t{128} * 1024;
    std::size_t internal_body_bytes = std::size_t{2} * 1024 * 1024;
    std::chrono::milliseconds body_timeout = std::chrono::seconds{10};
    /// Between two requests of one connection.
    std::chrono::milliseconds idle = std::chrono::seconds{75};
  };
  struct Presence {
    /// How long a lost page may take to come back before its absence is told.
    std::chrono::milliseconds grace = std::chrono::seconds{5};
    /// The base of the old callbacks; none when empty.
    std::string appengine_url = {};
    AppEngineForm appengine_form = AppEngineForm::urlencoded;
    /// Where signed JSON is posted; nowhere when empty.
    std::string webhook_url = {};
    /// Signs it: "whsec_" and base64, or any text.
    std::string webhook_secret = {};
    /// For each of the two: edges that may wait, and deliveries under way at a time.
    std::size_t waiting_edges = 100'000;
    /// Edges that a backend can ask for again.
    std::size_t remembered_edges = 100'000;
    std::size_t parallel = 32;
    /// For one delivery, from the connection to the answer.
    std::chrono::milliseconds timeout = std::chrono::seconds{10};
  };

  /// What pages send, on its way to the backend.
  struct Receive {
    /// The base of the old callback; pages can send nothing when empty.
    std::string url = {};
    /// Signs the messages: "whsec_" and base64, or any text.
    std::string secret = {};
    std::size_t message_bytes = limits::kMessageBytes;
    /// Messages of one client id.
    std::size_t per_minute = 60;
    /// Messages of all pages, those under way included.
    std::size_t waiting = 1'000;
    std::size_t parallel = 32;
    /// For one message to be begun, and once more to be answered.
    std::chrono::milliseconds timeout = std::chrono::seconds{10};
  };

  Public public_;
  Internal internal;
  Tokens tokens;
  Server server;
  Groups groups;
  Log log;
  Session session;
  Http http;
  Presence presence;
  Receive receive;
};

}  // namespace tayori::server
