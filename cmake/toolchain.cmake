# What makes a build quick or checked: ccache and a fast linker when present, sanitizers when asked for.
find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The sloppiness is what ccache asks for before it keeps files that include a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()

find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

if(TAYORI_SANITIZE)
  add_compile_options(-fsanitize=${TAYORI_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${TAYORI_SANITIZE})
  if(TAYORI_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Asio's fences, which GCC 12 cannot instrument; nothing of ours relies on a bare fence.
    add_compile_options(-Wno-tsan)
  endif()
endif()
