# Functions that tests/CMakeLists.txt uses.

find_program(ANTLER_PYTHON python3)
mark_as_advanced(ANTLER_PYTHON)

# Debian's GoogleTest speaks libstdc++; with libc++ it is built from the sources Debian ships.
include(CheckCXXSourceCompiles)
check_cxx_source_compiles("#include <version>
#ifndef _LIBCPP_VERSION
#error not libc++
#endif
int main() {}" ANTLER_WITH_LIBCXX)
if(ANTLER_WITH_LIBCXX)
  set(INSTALL_GTEST OFF)
  add_subdirectory(/usr/src/googletest "${CMAKE_BINARY_DIR}/googletest" EXCLUDE_FROM_ALL SYSTEM)
  set(ANTLER_TEST_LIBRARIES gtest_main gmock)
else()
  find_package(GTest REQUIRED)
  set(ANTLER_TEST_LIBRARIES GTest::gtest_main GTest::gmock)
  find_path(ANTLER_RAPIDCHECK_INCLUDE_DIR rapidcheck/gtest.h)
  find_library(ANTLER_RAPIDCHECK_LIBRARY rapidcheck)
  mark_as_advanced(ANTLER_RAPIDCHECK_INCLUDE_DIR ANTLER_RAPIDCHECK_LIBRARY)
  if(ANTLER_RAPIDCHECK_INCLUDE_DIR AND ANTLER_RAPIDCHECK_LIBRARY)
    set(ANTLER_HAS_RAPIDCHECK ON)
    list(APPEND ANTLER_TEST_LIBRARIES "${ANTLER_RAPIDCHECK_LIBRARY}")
  endif()
endif()
if(NOT ANTLER_THREADS)
  find_package(Threads REQUIRED)
  list(APPEND ANTLER_TEST_LIBRARIES Threads::Threads)
endif()

# Whether a file, or a header of tests/ that it includes, includes what matches the pattern.
function(antler_includes source pattern result)
  set(${result} FALSE PARENT_SCOPE)
  set(found FALSE)  # a function sees its caller's variables
  file(STRINGS "${source}" lines REGEX "^ *#include [<\"]")
  foreach(line IN LISTS lines)
    string(REGEX REPLACE "^ *#include [<\"]([^>\"]*).*" "\\1" included "${line}")
    if(included MATCHES "^(${pattern})")
      set(found TRUE)
    elseif(included MATCHES "^tests/" AND EXISTS "${PROJECT_SOURCE_DIR}/${included}")
      antler_includes("${PROJECT_SOURCE_DIR}/${included}" "${pattern}" found)
    endif()
    if(found)
      set(${result} TRUE PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

# What no test may include in this configuration, as a pattern; empty when everything is built.
set(antler_absent)
if(NOT ANTLER_SAVING)
  list(APPEND antler_absent antler/saving/ antler/antler.h zip.h)
endif()
if(NOT ANTLER_ONEDNN)
  list(APPEND antler_absent antler/backends/cpu/onednn/ dnnl)
endif()
if(NOT ANTLER_ZLIB)
  list(APPEND antler_absent zlib.h)
endif()
if(NOT ANTLER_HAS_RAPIDCHECK)
  list(APPEND antler_absent rapidcheck)
endif()
if(NOT ANTLER_BUILD_APPS)
  list(APPEND antler_absent apps/)
endif()
list(JOIN antler_absent "|" antler_absent)

# Takes the files that this configuration cannot build out of a list, and writes them down for
# tools/check_tests.py.
file(WRITE "${CMAKE_BINARY_DIR}/tests_left_out.txt" "")
function(antler_drop_unbuildable list_name)
  if(NOT antler_absent)
    return()
  endif()
  set(kept)
  foreach(source IN LISTS ${list_name})
    cmake_path(ABSOLUTE_PATH source OUTPUT_VARIABLE path)
    antler_includes("${path}" "${antler_absent}" found)
    if(found)
      cmake_path(RELATIVE_PATH path BASE_DIRECTORY "${PROJECT_SOURCE_DIR}")
      file(APPEND "${CMAKE_BINARY_DIR}/tests_left_out.txt" "${path}\n")
    else()
      list(APPEND kept "${source}")
    endif()
  endforeach()
  set(${list_name} "${kept}" PARENT_SCOPE)
endfunction()

# The labels of a folder's tests: `ctest -L quick` runs what is quick.
function(antler_test_labels folder result)
  if(folder MATCHES "^(gradients|messages|snippets|install|determinism|resume|slow|fuzz)(/|$)")
    set(labels ${CMAKE_MATCH_1})
  elseif(folder MATCHES "^golden(/|$)")
    set(labels parity)
  else()
    set(labels unit quick)
  endif()
  set(${result} "${labels}" PARENT_SCOPE)
endfunction()

# What runs long is in the library; the tests themselves compile in half the time so.
function(antler_share_test_options name)
  target_compile_options(${name} PRIVATE -O0)
  if(NOT ANTLER_PCH OR NOT CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    return()
  endif()
  if(NOT TARGET antler_test_headers)
    file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/test_headers.cpp" CONTENT "")
    add_library(antler_test_headers OBJECT "${CMAKE_CURRENT_BINARY_DIR}/test_headers.cpp")
    antler_set_warnings(antler_test_headers)
    target_compile_options(antler_test_headers PRIVATE -O0)
    target_link_libraries(antler_test_headers PRIVATE antler_test_support)
    antler_precompile(antler_test_headers <gtest/gtest.h>)
  endif()
  target_precompile_headers(${name} REUSE_FROM antler_test_headers)
  target_compile_options(${name} PRIVATE -fpch-preprocess)
endfunction()

# test_<folder>: its *_test.cpp; other sources there, less programs, form a library beside it.
function(antler_add_test_folder folder)
  string(REPLACE "/" "_" name "test_${folder}")
  file(GLOB sources CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}" "${folder}/*.cpp")
  antler_drop_unbuildable(sources)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$|/golden_check\\.cpp$")
  add_executable(${name} ${tests})
  antler_set_warnings(${name})
  antler_share_test_options(${name})
  if(sources)
    add_library(${name}_support STATIC ${sources})
    antler_set_warnings(${name}_support)
    target_link_libraries(${name}_support PUBLIC antler_test_support)
    target_link_libraries(${name} PRIVATE ${name}_support)
  endif()
  target_link_libraries(${name} PRIVATE antler_test_support)
  antler_test_labels("${folder}" labels)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
    NO_PRETTY_VALUES TEST_PREFIX "${folder}/" TEST_LIST ${name}_TESTS PROPERTIES TIMEOUT 600)
  # A list as a property does not survive gtest_discover_tests: ctest reads the labels from here.
  set(label_file "${CMAKE_CURRENT_BINARY_DIR}/${name}_labels.cmake")
  file(CONFIGURE OUTPUT "${label_file}" @ONLY CONTENT
    [=[set_tests_properties(${@name@_TESTS} PROPERTIES LABELS "@labels@")]=])
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${label_file}")
endfunction()

# build/bin/golden_check runs any file of golden cases; see tests/golden/.
function(antler_add_golden_check)
  set(main "${CMAKE_CURRENT_SOURCE_DIR}/golden/golden_check.cpp")
  if(NOT EXISTS "${main}" OR NOT ANTLER_SAVING)
    return()
  endif()
  add_executable(golden_check "${main}")
  antler_set_warnings(golden_check)
  if(TARGET test_golden_support)
    target_link_libraries(golden_check PRIVATE test_golden_support)
  else()
    target_link_libraries(golden_check PRIVATE antler_test_support)
  endif()
endfunction()

# The program of tests/keras/run.sh, which exchanges models with real Keras.
function(antler_add_keras_roundtrip)
  if(NOT ANTLER_SAVING)
    return()
  endif()
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/keras/*.cpp")
  add_executable(keras_roundtrip ${sources})
  antler_set_warnings(keras_roundtrip)
  target_link_libraries(keras_roundtrip PRIVATE antler_test_support)
endfunction()

# build/snippets/flags.txt: what a compiler needs to build a program against the build tree, one
# argument a line; those behind "--" follow the source. For tests/snippets.
function(antler_write_snippet_flags)
  separate_arguments(own_flags UNIX_COMMAND "${CMAKE_CXX_FLAGS}")
  set(libraries "$<TARGET_FILE:antler>" -Xlinker -rpath -Xlinker "$<TARGET_FILE_DIR:antler>")
  foreach(name hwy dnnl zlib zip)
    if(TARGET AntlerDeps::${name})
      list(APPEND libraries "$<TARGET_FILE:AntlerDeps::${name}>")
    endif()
  endforeach()
  set(definitions "$<FILTER:$<TARGET_PROPERTY:antler,INTERFACE_COMPILE_DEFINITIONS>,INCLUDE,.>")
  set(flags -std=c++20 "-I${PROJECT_SOURCE_DIR}" ${own_flags}
    "$<$<BOOL:${definitions}>:-D$<JOIN:${definitions},;-D>>"
    $<$<STREQUAL:${CMAKE_CXX_COMPILER_ID},GNU>:-Wno-restrict> -- ${libraries} -pthread)
  file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/snippets/flags.txt" CONTENT "$<JOIN:${flags},\n>\n")
endfunction()

# Each *_test.py runs with the standard library alone; those of tests/keras need Keras and run apart.
function(antler_add_python_tests)
  file(GLOB_RECURSE scripts CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}" *_test.py)
  list(FILTER scripts EXCLUDE REGEX "^keras/")
  foreach(script IN LISTS scripts)
    get_filename_component(folder "${script}" DIRECTORY)
    antler_test_labels("${folder}" labels)
    string(REGEX REPLACE "\\.py$" "" name "${script}")
    add_test(NAME "${name}" COMMAND "${ANTLER_PYTHON}" -B "${CMAKE_CURRENT_SOURCE_DIR}/${script}")
    set_tests_properties("${name}" PROPERTIES LABELS "${labels}" TIMEOUT 900 ENVIRONMENT
      "ANTLER_BUILD_DIR=${CMAKE_BINARY_DIR};CXX=${CMAKE_CXX_COMPILER}")
  endforeach()
endfunction()

# Installs the library and builds a project outside this one against it.
function(antler_add_install_test)
  if(NOT ANTLER_INSTALL)
    return()
  endif()
  add_test(NAME install/outside_project COMMAND "${CMAKE_COMMAND}"
    "-DBUILD_DIR=${CMAKE_BINARY_DIR}" "-DSOURCE_DIR=${CMAKE_CURRENT_SOURCE_DIR}/install/outside"
    "-DGENERATOR=${CMAKE_GENERATOR}" "-DCXX=${CMAKE_CXX_COMPILER}" "-DCXX_FLAGS=${CMAKE_CXX_FLAGS}"
    "-DBUILD_TYPE=${CMAKE_BUILD_TYPE}" "-DVERSION=${PROJECT_VERSION}"
    -P "${CMAKE_CURRENT_SOURCE_DIR}/install/outside_project.cmake")
  set_tests_properties(install/outside_project PROPERTIES LABELS install TIMEOUT 900)
endfunction()
