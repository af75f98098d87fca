// Probe: a shared object that the generator loads into a server, and the page on which it speaks
// with it.
//
// Threads: one.
// Source:  probe/probe_page.h
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "generator/file_descriptor.h"
#include "probe/probe_page.h"

namespace tayori::bench {

class Probe {
 public:
  explicit Probe(std::filesystem::path library);
  ~Probe();
  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;

  /// What the server's environment needs for the probe to be loaded.
  [[nodiscard]] std::vector<std::string> environment() const;

  [[nodiscard]] ProbePage& page() const { return *page_; }

 private:
  std::filesystem::path library_;
  FileDescriptor memory_;
  ProbePage* page_;
};

}  // namespace tayori::bench
