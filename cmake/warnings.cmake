# tayori_warnings: what every target of ours is compiled with. Warnings are errors.
add_library(tayori_warnings INTERFACE)
target_compile_options(tayori_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Werror
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op>)
