#include "generator/probe.h"

#include <sys/mman.h>

#include <new>

#include "generator/failure.h"

namespace tayori::bench {

Probe::Probe(std::filesystem::path library)
    : library_(std::move(library)),
      // Not closed at exec: the server finds it under the same number.
      memory_(checked(::memfd_create("probe", 0), "memfd_create")) {
  checked(::ftruncate(memory_.get(), sizeof(ProbePage)), "ftruncate");
  void* page =
      ::mmap(nullptr, sizeof(ProbePage), PROT_READ | PROT_WRITE, MAP_SHARED, memory_.get(), 0);
  if (page == MAP_FAILED) throw Failure("mmap of the probe's page");
  page_ = ::new (page) ProbePage;
}

Probe::~Probe() { ::munmap(page_, sizeof(ProbePage)); }

std::vector<std::string> Probe::environment() const {
  return {"LD_PRELOAD=" + library_.string(),
          std::string(kProbeVariable) + "=" + std::to_string(memory_.get())};
}

}  // namespace tayori::bench
