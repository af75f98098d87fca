# Everything Tayori stands on, each with its reason. All of it comes from Debian 12.

# One implementation of sockets, timers and readiness; an own reactor was measured within noise of it.
find_package(Boost 1.81 REQUIRED)
# TLS later; token signatures, the WebSocket handshake's SHA-1 and random words now.
find_package(OpenSSL REQUIRED)
# Threads of the loops and workers.
find_package(Threads REQUIRED)
# Logs with levels and bounded cost; the compiled library, since the header-only one costs 4 s a file.
find_package(spdlog REQUIRED)
# Command lines with help texts and checked values.
find_package(CLI11 REQUIRED)
# Configuration files whose errors carry line and column.
find_package(tomlplusplus REQUIRED)
# The Prometheus text format, from counters kept per loop.
find_package(prometheus-cpp REQUIRED)
# Outgoing HTTP: presence to the backend, the calls of the command line.
find_package(CURL REQUIRED)
# Retro Chat: its store, its passwords (Argon2id), its pages (context-aware escaping).
find_package(SQLite3 REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(CTEMPLATE REQUIRED IMPORTED_TARGET libctemplate)
# Signatures of identity tokens; libjwt takes keys in PEM only, and providers publish JWKs.
# Not by pkg-config: Debian's cjose.pc asks for jansson's, which libcjose-dev does not bring and its headers do not need.
find_path(CJOSE_INCLUDE cjose/cjose.h REQUIRED)
find_library(CJOSE_LIBRARY cjose REQUIRED)
# The browser bundles; Debian's own, so that building needs no npm.
find_program(ESBUILD esbuild REQUIRED)

if(TAYORI_TESTS)
  find_package(GTest REQUIRED)
  include(GoogleTest)
endif()

# Asio's and Beast's function bodies are compiled once, in src/base/asio.cc and src/net/beast.cc.
add_library(tayori_asio INTERFACE)
target_link_libraries(tayori_asio INTERFACE Boost::headers OpenSSL::SSL OpenSSL::Crypto Threads::Threads)
target_compile_definitions(tayori_asio INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
  BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_COROUTINE)
