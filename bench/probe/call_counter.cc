// call_counter.so: counts the system calls and the allocations of the server that it is loaded
// into.
//
// Calls are counted where a server makes them, at libc's wrappers: those named below, which are the
// ones an event loop lives on. What libc calls within itself (a futex behind a mutex, an mmap
// behind malloc) is not seen.
//
// Threads: any.
// Source:  syscalls(2), malloc(3)
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <unistd.h>

#include "probe/server_side.h"

namespace tayori::bench {
namespace {

void count(std::atomic<std::uint64_t>& counter) { counter.fetch_add(1, std::memory_order_relaxed); }

void count_other() { count(probe_page().other_calls); }

void count_write(const void* bytes, std::size_t size) {
  ProbePage& page = probe_page();
  count(is_frame(bytes, size) ? page.frame_writes : page.other_calls);
}

void count_write(const iovec* pieces, std::size_t number) {
  if (number > 0) count_write(pieces->iov_base, pieces->iov_len);
}

}  // namespace
}  // namespace tayori::bench

using tayori::bench::count;
using tayori::bench::count_other;
using tayori::bench::count_write;
using tayori::bench::next;
using tayori::bench::probe_page;

// One line each: count, then call what the name meant before.
#define BENCH_WRAPPER(result, name, parameters, arguments, counted) \
  extern "C" result name parameters {                               \
    static auto* const real = next<decltype(::name)>(#name);        \
    counted;                                                        \
    return real arguments;                                          \
  }

BENCH_WRAPPER(ssize_t, send, (int s, const void* b, size_t n, int f), (s, b, n, f),
              count_write(b, n))
BENCH_WRAPPER(ssize_t, write, (int s, const void* b, size_t n), (s, b, n), count_write(b, n))
BENCH_WRAPPER(ssize_t, writev, (int s, const iovec* v, int n), (s, v, n),
              count_write(v, static_cast<size_t>(n)))
BENCH_WRAPPER(ssize_t, sendmsg, (int s, const msghdr* m, int f), (s, m, f),
              count_write(m->msg_iov, m->msg_iovlen))
BENCH_WRAPPER(ssize_t, sendto,
              (int s, const void* b, size_t n, int f, const sockaddr* a, socklen_t l),
              (s, b, n, f, a, l), count_write(b, n))

BENCH_WRAPPER(ssize_t, recv, (int s, void* b, size_t n, int f), (s, b, n, f), count_other())
BENCH_WRAPPER(ssize_t, recvmsg, (int s, msghdr* m, int f), (s, m, f), count_other())
BENCH_WRAPPER(ssize_t, recvfrom, (int s, void* b, size_t n, int f, sockaddr* a, socklen_t* l),
              (s, b, n, f, a, l), count_other())
BENCH_WRAPPER(ssize_t, read, (int s, void* b, size_t n), (s, b, n), count_other())
BENCH_WRAPPER(ssize_t, readv, (int s, const iovec* v, int n), (s, v, n), count_other())
BENCH_WRAPPER(int, epoll_wait, (int e, epoll_event* v, int n, int t), (e, v, n, t), count_other())
BENCH_WRAPPER(int, epoll_pwait, (int e, epoll_event* v, int n, int t, const sigset_t* m),
              (e, v, n, t, m), count_other())
BENCH_WRAPPER(int, epoll_ctl, (int e, int o, int f, epoll_event* v) noexcept, (e, o, f, v),
              count_other())
BENCH_WRAPPER(int, poll, (pollfd * p, nfds_t n, int t), (p, n, t), count_other())
BENCH_WRAPPER(int, timerfd_settime, (int t, int f, const itimerspec* n, itimerspec* o) noexcept,
              (t, f, n, o), count_other())
BENCH_WRAPPER(int, setsockopt, (int s, int l, int o, const void* v, socklen_t n) noexcept,
              (s, l, o, v, n), count_other())
BENCH_WRAPPER(int, getsockopt, (int s, int l, int o, void* v, socklen_t* n) noexcept,
              (s, l, o, v, n), count_other())
#undef BENCH_WRAPPER

// glibc's own names for its allocator: dlsym() itself allocates, so it cannot be asked for malloc.
extern "C" {

void* __libc_malloc(size_t size);
void* __libc_calloc(size_t number, size_t size);
void* __libc_realloc(void* memory, size_t size);
void* __libc_memalign(size_t alignment, size_t size);

void* malloc(size_t size) noexcept {
  count(probe_page().allocations);
  return __libc_malloc(size);
}

void* calloc(size_t number, size_t size) noexcept {
  count(probe_page().allocations);
  return __libc_calloc(number, size);
}

void* realloc(void* memory, size_t size) noexcept {
  count(probe_page().allocations);
  return __libc_realloc(memory, size);
}

void* aligned_alloc(size_t alignment, size_t size) noexcept {
  count(probe_page().allocations);
  return __libc_memalign(alignment, size);
}

}  // extern "C"
