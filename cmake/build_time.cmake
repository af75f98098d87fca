# What keeps a build short: the standard library parsed once for all files, and no -O3 where it buys nothing.

# Never a header of ours: touching one must cost its readers only. The presets asan, tsan and tidy go without, so that a file
# which forgot an #include is found there.
option(TAYORI_PRECOMPILE "Parse the standard library once for all files" ON)

set(TAYORI_PRECOMPILED
  <algorithm> <array> <atomic> <charconv> <chrono> <cstdint> <functional> <map> <memory> <mutex> <optional> <set> <span>
  <sstream> <string> <string_view> <tuple> <unordered_map> <utility> <variant> <vector>)

# tayori_precompile(TARGET FIRST target [HEADERS header...]): FIRST parses it, for all that are compiled with the same flags.
function(tayori_precompile target)
  cmake_parse_arguments(PRECOMPILE "" "FIRST" "HEADERS" ${ARGN})
  if(NOT TAYORI_PRECOMPILE)
    return()
  endif()
  if(PRECOMPILE_FIRST STREQUAL target)
    target_precompile_headers(${target} PRIVATE ${TAYORI_PRECOMPILED} ${PRECOMPILE_HEADERS})
  else()
    target_precompile_headers(${target} REUSE_FROM ${PRECOMPILE_FIRST})
  endif()
endfunction()

# tayori_command_line_in(FILE...): these include CLI11 and run once, at the start. Optimised like the rest, each takes 12 s to compile.
function(tayori_command_line_in)
  set_source_files_properties(${ARGN} PROPERTIES
    SKIP_PRECOMPILE_HEADERS ON COMPILE_OPTIONS "$<$<CONFIG:Release>:-O1>")
endfunction()
