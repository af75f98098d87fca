// Outgoing: POSTs what a source has ready, several at a time, on a thread of its own.
//
// No redirect is followed, no scheme but http and https spoken, and an answer's body is thrown away: where a request
// goes is what the operator has configured, and nobody who answers can change it.
//
// Threads: any (wake); the source is called on the thread of Outgoing.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"

namespace tayori::net {

struct OutgoingRequest {
  /// On a connection that was `kept` from an earlier request, and that the server closes without an answer, libcurl sends
  /// the request again on another: it cannot tell whether it was read. On a `fresh` one it is sent once.
  enum class Connection : std::uint8_t { kept, fresh };

  /// Names the request to its source.
  std::string key;
  std::string url;
  /// "Name: value".
  std::vector<std::string> fields;
  std::string body;
  Connection connection = Connection::kept;
};

class OutgoingSource {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// The next request that is ready, which is under way from here on.
  virtual std::optional<OutgoingRequest> next(Time now) = 0;
  /// When next() will have one, as far as is known now.
  virtual std::optional<Time> due() = 0;
  /// `status` is 0 when there was no answer; `why` then says in words why not.
  virtual void on_answer(const std::string& key, int status, std::string_view why, Time now) = 0;

 protected:
  ~OutgoingSource() = default;
};

struct OutgoingLimits {
  std::chrono::milliseconds connect{3'000};
  /// From the beginning to the end of the answer.
  std::chrono::milliseconds total{10'000};
};

class Outgoing {
 public:
  /// `source` and `clock` outlive this.
  Outgoing(OutgoingSource& source, OutgoingLimits limits, const base::Clock& clock);
  /// Ends what is under way without an answer.
  ~Outgoing();
  Outgoing(const Outgoing&) = delete;
  Outgoing& operator=(const Outgoing&) = delete;

  /// The source may have something new.
  void wake();

 private:
  class Transfers;

  std::unique_ptr<Transfers> transfers_;
  std::thread thread_;
};

}  // namespace tayori::net
