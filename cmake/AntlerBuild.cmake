# What all our own targets share: language, optimization, warnings, where programs go.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

if(PROJECT_IS_TOP_LEVEL)
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
  set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
  set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
  if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
  endif()
  find_program(CCACHE_PROGRAM ccache)
  mark_as_advanced(CCACHE_PROGRAM)
  if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # The base directory lets another clone of the repository hit the same cache; what is sloppy
    # is what ccache asks for with precompiled headers.
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
        "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_SLOPPINESS=pch_defines,time_macros
        "${CCACHE_PROGRAM}")
  endif()
endif()

# Images are left out where their libraries are not there.
if(ANTLER_IMAGES)
  find_path(ANTLER_PNG_INCLUDE_DIR png.h)
  find_path(ANTLER_JPEG_INCLUDE_DIR jpeglib.h)
  find_library(ANTLER_PNG_LIBRARY png)
  find_library(ANTLER_JPEG_LIBRARY jpeg)
  if(NOT (ANTLER_PNG_INCLUDE_DIR AND ANTLER_JPEG_INCLUDE_DIR AND
          ANTLER_PNG_LIBRARY AND ANTLER_JPEG_LIBRARY))
    message(STATUS "Antler: no libpng or no libjpeg, so PNG and JPEG images are left out")
    set(ANTLER_IMAGES OFF)
  endif()
endif()

# Warnings belong to our own targets only: PRIVATE, so nothing of it is exported.
function(antler_set_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra
    $<$<BOOL:${ANTLER_WARNINGS_AS_ERRORS}>:-Werror>
    # g++ 12 reports a restrict violation inside std::string for "(" + s.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
endfunction()

# What nearly every source includes, compiled once a target: it takes half of most compilations.
# A source still includes all that it needs: builds with clang and those with -DANTLER_PCH=OFF find what is missing.
function(antler_precompile target)
  if(NOT ANTLER_PCH OR NOT CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    return()
  endif()
  # The standard headers first, then ours that hardly change; in <>, because the full path of a file
  # in "" would make them other headers in every clone, and the cache of one useless to the next.
  target_precompile_headers(${target} PRIVATE
    <algorithm> <cmath> <cstdint> <functional> <memory> <optional> <span> <string> <string_view>
    <unordered_map> <utility> <vector>
    ${ARGN}
    <antler/core/error.h> <antler/core/options.h>
    <antler/core/tensor.h> <antler/graph/graph.h>
    <antler/graph/op.h>)
  target_compile_options(${target} PRIVATE -fpch-preprocess)  # for ccache
endfunction()

# One program for each .cpp of a folder, named after the file. Further arguments: libraries.
function(antler_add_programs folder)
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${folder}/*.cpp")
  foreach(source IN LISTS sources)
    get_filename_component(name "${source}" NAME_WE)
    add_executable(${name} "${source}")
    antler_set_warnings(${name})
    target_link_libraries(${name} PRIVATE Antler::antler ${ARGN})
    if(folder STREQUAL "examples")
      set_target_properties(${name} PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin/examples")
    endif()
  endforeach()
endfunction()
