# The browser client, bundled from clients/js by Debian's esbuild and carried inside the api floor.
file(GLOB_RECURSE client_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/clients/js/src/*.ts)
list(FILTER client_sources EXCLUDE REGEX "\\.test\\.ts$|/testing/")
set(client_folder ${PROJECT_BINARY_DIR}/browser)
file(MAKE_DIRECTORY ${client_folder})
add_custom_command(
  OUTPUT ${client_folder}/tayori.js ${client_folder}/tayori.mjs
  COMMAND ${CMAKE_COMMAND} -E env ESBUILD=${ESBUILD} ${PROJECT_SOURCE_DIR}/clients/js/build.sh ${client_folder}
  DEPENDS ${client_sources} ${PROJECT_SOURCE_DIR}/clients/js/build.sh
  COMMENT "Bundling the browser client"
  VERBATIM)
add_custom_target(tayori_browser_client DEPENDS ${client_folder}/tayori.js)
add_dependencies(tayori_api tayori_browser_client)
tayori_embed(TARGET tayori_api NAME tayori::api::browser_client FILE ${client_folder}/tayori.js)
