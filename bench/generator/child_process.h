// ChildProcess: a server that the generator starts, pins to the server's core and ends by its
// process id.
//
// It is ended with SIGKILL, since it holds nothing worth saving, and cannot outlive the generator.
// What it writes to stderr is kept in memory and quoted when it fails.
//
// Threads: one.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "generator/file_descriptor.h"

namespace tayori::bench {

struct ChildCommand {
  std::filesystem::path program;
  std::vector<std::string> arguments;
  /// All of it: NAME=value. The caller's own environment is not passed on, so that it cannot change
  /// figures.
  std::vector<std::string> environment = {};
};

class ChildProcess {
 public:
  explicit ChildProcess(const ChildCommand& command);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }

  /// The next line of its stdout, without the newline; a Failure when it ends or stays silent.
  std::string read_line();

 private:
  [[nodiscard]] std::string last_words() const;

  FileDescriptor output_;
  FileDescriptor errors_;
  std::string unread_;
  pid_t pid_ = -1;
};

}  // namespace tayori::bench
