// StreamConnection: a socket that HTTP has given away, which is written to for as long as its peer listens.
//
// Reads into its loop's buffer, so that an idle one owns none. Writing never blocks and copies nothing: the
// caller learns how much was taken and is told when there is room again. What the bytes mean is for those that
// derive from it.
//
// Lives as long as it has an operation pending or an owner.
//
// Threads: its loop only.
#pragma once

#include <sys/uio.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "net/loop.h"
#include "net/socket.h"

namespace tayori::net {

class StreamConnection : public std::enable_shared_from_this<StreamConnection>, private Swept {
 public:
  /// How long a peer may take to close, once we have.
  static constexpr std::chrono::seconds kLinger{5};

  StreamConnection(const StreamConnection&) = delete;
  StreamConnection& operator=(const StreamConnection&) = delete;

  /// How many of `parts`' bytes the kernel took. When fewer than all, on_room() follows as soon as there is
  /// room; so it does, with nothing taken, when the connection is already gone.
  [[nodiscard]] std::size_t write(std::span<const iovec> parts);
  /// How many bytes of what was written the peer's machine has not taken yet.
  [[nodiscard]] std::size_t untaken();

  /// Ends the connection: `rest` goes out behind what was written, what comes is dropped, and then the peer's
  /// end or the time limit cuts it.
  void close(std::string rest = {});
  /// Cuts the connection at once.
  void abort();

 protected:
  StreamConnection(Loop& loop, Socket socket);
  ~StreamConnection();

  void wait_readable();
  [[nodiscard]] bool is_open() const { return socket_.is_open(); }
  [[nodiscard]] bool is_closing() const { return closing_ != nullptr; }
  [[nodiscard]] bool is_waiting_writable() const { return is_waiting_writable_; }
  [[nodiscard]] Loop& loop() { return loop_; }
  [[nodiscard]] Socket& socket() { return socket_; }

 private:
  struct Closing {
    std::string rest;
    std::chrono::steady_clock::time_point cut_at;
  };

  /// False when nothing more is to be read.
  [[nodiscard]] virtual bool on_bytes(std::span<char> bytes) = 0;
  /// The peer has ended or broken the connection, which is cut.
  virtual void on_cut() = 0;
  virtual void on_room() = 0;

  void on_sweep(std::chrono::steady_clock::time_point now) override;
  void read();
  void go_on_writing();
  void write_rest();

  Loop& loop_;
  Socket socket_;
  bool is_waiting_writable_ = false;
  std::unique_ptr<Closing> closing_;  // once close() was called
};

}  // namespace tayori::net
