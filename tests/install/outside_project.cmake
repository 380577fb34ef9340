# Installs the library into a fresh prefix under the build folder, then configures, builds and runs
# each program of the project in tests/install/outside with nothing but that prefix.
set(prefix "${BUILD_DIR}/install-test/prefix")
set(outside "${BUILD_DIR}/install-test/build")
file(REMOVE_RECURSE "${BUILD_DIR}/install-test")

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output
                  ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nfailed (${result}):\n${output}")
  endif()
  message(STATUS "${output}")
endfunction()

run("${CMAKE_COMMAND}" --install "${BUILD_DIR}" --prefix "${prefix}" --component library)
run("${CMAKE_COMMAND}" -G "${GENERATOR}" -S "${SOURCE_DIR}" -B "${outside}"
    "-DCMAKE_PREFIX_PATH=${prefix}" "-DCMAKE_CXX_COMPILER=${CXX}" "-DCMAKE_CXX_FLAGS=${CXX_FLAGS}"
    "-DCMAKE_BUILD_TYPE=${BUILD_TYPE}" "-DANTLER_WANTED_VERSION=${VERSION}")
run("${CMAKE_COMMAND}" --build "${outside}")
get_filename_component(bin "${CMAKE_COMMAND}" DIRECTORY)
run("${bin}/ctest" --test-dir "${outside}" --output-on-failure --no-tests=error)
