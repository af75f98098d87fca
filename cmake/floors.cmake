# A floor is one folder of src/, one static library, and one include root of its own.
#
# The root is a folder in the build tree that holds a single symlink to the source folder, so `#include
# "net/loop.h"` is found only by targets that link to net. A floor links to lower floors only: naming one that
# is not yet a target fails at configure time, including one that is not linked fails to compile.

# tayori_floor(NAME [BELOW floor...] [LIBRARIES target...])
function(tayori_floor name)
  cmake_parse_arguments(FLOOR "" "" "BELOW;LIBRARIES" ${ARGN})
  set(folder ${PROJECT_SOURCE_DIR}/src/${name})
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cc)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")

  set(root ${PROJECT_BINARY_DIR}/floors/${name})
  file(MAKE_DIRECTORY ${root})
  file(CREATE_LINK ${folder} ${root}/${name} SYMBOLIC)

  add_library(tayori_${name} STATIC ${sources})
  target_include_directories(tayori_${name} PUBLIC ${root})
  target_link_libraries(tayori_${name} PRIVATE tayori_warnings)
  foreach(lower IN LISTS FLOOR_BELOW)
    if(NOT TARGET tayori_${lower})
      message(FATAL_ERROR "floor ${name} looks up (or sideways) to ${lower}: floors only look down")
    endif()
    target_link_libraries(tayori_${name} PUBLIC tayori_${lower})
  endforeach()
  target_link_libraries(tayori_${name} PUBLIC ${FLOOR_LIBRARIES})
  tayori_precompile(tayori_${name} FIRST tayori_base)

  if(tests AND TAYORI_TESTS)
    tayori_test(${name} SOURCES ${tests} LIBRARIES tayori_${name})
  endif()
endfunction()

# tayori_test(NAME [APART] SOURCES file... LIBRARIES target...): one test program, each case known to ctest. APART: it links to no floor.
function(tayori_test name)
  cmake_parse_arguments(TEST "APART" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name}_test ${TEST_SOURCES})
  target_link_libraries(${name}_test PRIVATE ${TEST_LIBRARIES} tayori_warnings GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name}_test PRIVATE
    TAYORI_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  set(first base_test)
  if(TEST_APART)
    set(first ${name}_test)
  endif()
  tayori_precompile(${name}_test FIRST ${first} HEADERS <gmock/gmock.h> <gtest/gtest.h>)
  set_target_properties(${name}_test PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  gtest_discover_tests(${name}_test DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 120)
endfunction()
