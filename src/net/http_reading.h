// read_in_pieces: what an HttpReader makes of bytes that arrive cut up, as its tests compare it.
//
// Shows the reader the same bytes as a connection does: what it has not taken comes again, with more behind it.
//
// Threads: any.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "net/http_reader.h"

namespace tayori::net {

/// What became of some bytes.
struct HttpReading {
  /// A line for each whole request, and one for the refusal that ended the reading.
  std::vector<std::string> seen;
  /// Not taken at the end.
  std::string left;
  /// The most bytes that had to be kept and shown again.
  std::size_t kept = 0;
  HttpReader::State state = HttpReader::State::idle;
};

inline std::string line_of(const HttpReader::Complete& complete) {
  const HttpRequest& request = complete.request;
  std::string line = request.method + " " + request.path;
  if (!request.query.empty()) line += "?" + request.query;
  for (const HttpField& field : request.fields)
    line += " [" + field.name + ": " + field.value + "]";
  if (!request.body.empty()) line += " (" + request.body + ")";
  return line + (complete.keep_alive ? "" : " close");
}

inline HttpReading read_in_pieces(std::string_view bytes, std::size_t piece,
                                  const HttpLimits& limits = {}) {
  HttpReader reader(limits);
  HttpReading reading;
  while (!bytes.empty() && reader.state() != HttpReader::State::failed) {
    reading.left += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    std::size_t taken = 1;
    while (taken > 0 && !reading.left.empty() && reader.state() != HttpReader::State::failed) {
      taken = reader.take(reading.left);
      reading.left.erase(0, taken);
      if (reader.state() == HttpReader::State::complete)
        reading.seen.push_back(line_of(reader.release()));
    }
    reading.kept = std::max(reading.kept, reading.left.size());
  }
  reading.state = reader.state();
  if (reading.state == HttpReader::State::failed)
    reading.seen.push_back("refused: " + std::string(facts(reader.error().code).name));
  return reading;
}

/// What is seen of `bytes`, whole.
inline std::vector<std::string> seen_of(std::string_view bytes, const HttpLimits& limits = {}) {
  return read_in_pieces(bytes, bytes.size(), limits).seen;
}

}  // namespace tayori::net
