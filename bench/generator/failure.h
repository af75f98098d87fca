// Failure: why a measurement could not be made. It ends the run; nothing here goes on after one.
//
// Threads: any.
#pragma once

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

namespace tayori::bench {

class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// `result` of the system call `call`, unless it is negative: then a Failure with errno's meaning.
template <typename Integer>
Integer checked(Integer result, const char* call) {
  if (result < 0) throw Failure(std::string(call) + ": " + std::generic_category().message(errno));
  return result;
}

}  // namespace tayori::bench
