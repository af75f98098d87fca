# tayori_embed(TARGET target NAME ns::name FILE file [DEPENDS file...])
#
# Carries a file inside `target` as `std::string_view ns::name()`. The bytes come in by the assembler's .incbin,
# so that a large file costs no more to compile than a small one.
function(tayori_embed)
  cmake_parse_arguments(EMBED "" "TARGET;NAME;FILE" "DEPENDS" ${ARGN})
  string(REGEX MATCH "^(.*)::([^:]+)$" matched ${EMBED_NAME})
  set(EMBED_NAMESPACE ${CMAKE_MATCH_1})
  set(EMBED_FUNCTION ${CMAKE_MATCH_2})
  string(REPLACE "::" "_" EMBED_SYMBOL ${EMBED_NAME})
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded/${EMBED_SYMBOL}.cc)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/embedded.cc.in ${source} @ONLY)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${EMBED_FILE};${EMBED_DEPENDS}")
  target_sources(${EMBED_TARGET} PRIVATE ${source})
endfunction()
