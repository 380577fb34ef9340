# Finds what the library needs, as imported targets AntlerDeps::*. The file is installed beside
# AntlerConfig.cmake and runs there again; the ANTLER_* switches say what to look for.

# $<LINK_LIBRARY:ANTLER_AS_NEEDED,...>: a program that uses nothing of a library does not load it.
set(CMAKE_LINK_LIBRARY_USING_ANTLER_AS_NEEDED_SUPPORTED TRUE)
set(CMAKE_LINK_LIBRARY_USING_ANTLER_AS_NEEDED "<LINK_ITEM>")
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  set(CMAKE_LINK_LIBRARY_USING_ANTLER_AS_NEEDED
    "LINKER:--push-state,--as-needed" "<LINK_ITEM>" "LINKER:--pop-state")
endif()

include_guard(GLOBAL)

# antler_find_dependency(NAME HEADER package-of-Debian SUFFIXES ... LIBRARIES ...): the
# first library found and the header's folder become AntlerDeps::NAME. Names rather than the
# packages' own CMake files: oneDNN's wants OpenCL headers, libzip's names files it does not ship.
function(antler_find_dependency name header package)
  cmake_parse_arguments(PARSE_ARGV 3 arg "HEADER_ONLY" "" "SUFFIXES;LIBRARIES")
  if(TARGET AntlerDeps::${name})
    return()
  endif()
  string(TOUPPER "ANTLER_${name}" prefix)
  find_path(${prefix}_INCLUDE_DIR "${header}" PATH_SUFFIXES ${arg_SUFFIXES})
  mark_as_advanced(${prefix}_INCLUDE_DIR)
  if(arg_HEADER_ONLY)
    set(found ${${prefix}_INCLUDE_DIR})
    add_library(AntlerDeps::${name} INTERFACE IMPORTED GLOBAL)
  else()
    find_library(${prefix}_LIBRARY NAMES ${arg_LIBRARIES} PATH_SUFFIXES ${arg_SUFFIXES})
    mark_as_advanced(${prefix}_LIBRARY)
    if(${prefix}_INCLUDE_DIR AND ${prefix}_LIBRARY)
      set(found TRUE)
    endif()
    add_library(AntlerDeps::${name} UNKNOWN IMPORTED GLOBAL)
    set_target_properties(AntlerDeps::${name} PROPERTIES IMPORTED_LOCATION "${${prefix}_LIBRARY}")
  endif()
  if(NOT found)
    message(FATAL_ERROR "Antler needs ${header} and its library: on Debian, apt-get install "
                        "${package} (tools/install_deps.sh installs all that is needed)")
  endif()
  # /usr/include is searched anyway; naming it would change the order of the system's headers.
  if(NOT ${prefix}_INCLUDE_DIR STREQUAL "/usr/include")
    set_target_properties(AntlerDeps::${name} PROPERTIES
      INTERFACE_INCLUDE_DIRECTORIES "${${prefix}_INCLUDE_DIR}")
  endif()
endfunction()

antler_find_dependency(hwy hwy/highway.h libhwy-dev LIBRARIES hwy)
if(ANTLER_HWY_LIBRARY MATCHES "\\.so")
  set_target_properties(AntlerDeps::hwy PROPERTIES
    INTERFACE_COMPILE_DEFINITIONS HWY_SHARED_DEFINE)
endif()
if(ANTLER_THREADS)
  set(THREADS_PREFER_PTHREAD_FLAG ON)
  find_package(Threads REQUIRED)
endif()
if(ANTLER_ONEDNN)
  antler_find_dependency(dnnl dnnl.hpp libdnnl-dev LIBRARIES dnnl)
endif()
if(ANTLER_ZLIB)
  antler_find_dependency(zlib zlib.h zlib1g-dev LIBRARIES z)
endif()
if(ANTLER_IMAGES)
  antler_find_dependency(png png.h libpng-dev LIBRARIES png)
  antler_find_dependency(jpeg jpeglib.h libjpeg62-turbo-dev LIBRARIES jpeg)
endif()
if(ANTLER_SAVING)
  antler_find_dependency(zip zip.h libzip-dev LIBRARIES zip)
endif()
