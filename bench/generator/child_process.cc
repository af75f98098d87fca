#include "generator/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <csignal>

#include "generator/deadline.h"
#include "generator/failure.h"
#include "generator/process_limits.h"

namespace tayori::bench {
namespace {

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

ChildProcess::ChildProcess(const ChildCommand& command) {
  std::array<int, 2> pipe{};
  checked(::pipe2(pipe.data(), O_CLOEXEC), "pipe2");
  output_ = FileDescriptor(pipe[0]);
  const FileDescriptor their_output(pipe[1]);
  errors_ = FileDescriptor(checked(::memfd_create("stderr", MFD_CLOEXEC), "memfd_create"));

  // Everything that allocates is done before fork(), where it is still allowed.
  std::vector<std::string> words = command.arguments;
  words.insert(words.begin(), command.program.string());
  std::vector<std::string> variables = command.environment;
  const auto argv = pointers_to(words);
  const auto envp = pointers_to(variables);

  pid_ = checked(::fork(), "fork");
  if (pid_ != 0) return;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(their_output.get(), STDOUT_FILENO);
  ::dup2(errors_.get(), STDERR_FILENO);
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(kServerCore, &cores);
  ::sched_setaffinity(0, sizeof cores, &cores);
  ::execve(argv[0], argv.data(), envp.data());
  ::_exit(127);
}

ChildProcess::~ChildProcess() {
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

std::string ChildProcess::read_line() {
  const Deadline deadline;
  for (;;) {
    if (const auto end = unread_.find('\n'); end != std::string::npos) {
      std::string line = unread_.substr(0, end);
      unread_.erase(0, end + 1);
      return line;
    }
    deadline.check("the server's first lines. Its last words: " + last_words());
    pollfd readable{.fd = output_.get(), .events = POLLIN, .revents = 0};
    if (::poll(&readable, 1, 100) <= 0) continue;
    std::array<char, 4096> buffer{};
    const auto size = checked(::read(output_.get(), buffer.data(), buffer.size()), "read");
    if (size == 0)
      throw Failure("the server ended before it was ready. Its last words: " + last_words());
    unread_.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

std::string ChildProcess::last_words() const {
  std::array<char, 1000> buffer{};
  struct stat about {};
  ::fstat(errors_.get(), &about);
  const off_t start = std::max<off_t>(0, about.st_size - static_cast<off_t>(buffer.size()));
  const auto size = ::pread(errors_.get(), buffer.data(), buffer.size(), start);
  return size > 0 ? std::string(buffer.data(), static_cast<std::size_t>(size)) : "(none)";
}

}  // namespace tayori::bench
