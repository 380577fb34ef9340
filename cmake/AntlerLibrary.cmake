# The library: all of antler/, less the folders whose dependency is switched off.
file(GLOB_RECURSE antler_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/antler/*.cpp")
if(NOT ANTLER_ONEDNN)
  list(FILTER antler_sources EXCLUDE REGEX "/antler/backends/cpu/onednn/")
endif()
if(NOT ANTLER_SAVING)
  list(FILTER antler_sources EXCLUDE REGEX "/antler/saving/")
endif()

# Keras' nouns run while a graph is traced, not in a step: small code serves them better.
set(antler_nouns ${antler_sources})
list(FILTER antler_nouns INCLUDE REGEX
  "/antler/(activations|callbacks|constraints|layers|losses|metrics|optimizers|regularizers|schedules)/")
list(FILTER antler_nouns EXCLUDE REGEX  # these walk the data
  "/antler/layers/(category_output|feature_statistics|hash|index_lookup|text_vec|token)")
list(REMOVE_ITEM antler_sources ${antler_nouns})
set(antler_kernels ${antler_sources})
list(FILTER antler_kernels INCLUDE REGEX "/antler/backends/cpu/")
set_source_files_properties(${antler_kernels} PROPERTIES
  COMPILE_OPTIONS "$<$<CONFIG:Release>:-O3>" SKIP_PRECOMPILE_HEADERS ON)

add_library(antler_nouns OBJECT ${antler_nouns})
add_library(antler ${antler_sources} $<TARGET_OBJECTS:antler_nouns>)
add_library(Antler::antler ALIAS antler)
target_compile_options(antler_nouns PRIVATE $<$<CONFIG:Release>:-Os>)
set_target_properties(antler_nouns PROPERTIES
  POSITION_INDEPENDENT_CODE "$<BOOL:${BUILD_SHARED_LIBS}>")
set_target_properties(antler PROPERTIES
  LINKER_LANGUAGE CXX
  VERSION ${PROJECT_VERSION}
  SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})

foreach(target antler antler_nouns)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_include_directories(${target} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:include>)
  target_compile_definitions(${target} PUBLIC
    $<$<BOOL:${ANTLER_ONEDNN}>:ANTLER_HAS_ONEDNN=1>
    $<$<BOOL:${ANTLER_SAVING}>:ANTLER_HAS_SAVING=1>
    $<$<BOOL:${ANTLER_ZLIB}>:ANTLER_HAS_ZLIB=1>
    $<$<NOT:$<BOOL:${ANTLER_THREADS}>>:ANTLER_NO_THREADS=1>)
  # The same source must give the same bits with each compiler: none may contract a * b + c into one
  # rounding on its own; kernels that want it say MulAdd.
  target_compile_options(${target} PRIVATE -ffp-contract=off)
  antler_set_warnings(${target})
  antler_precompile(${target})
endforeach()
target_compile_definitions(antler PRIVATE ANTLER_VERSION="${PROJECT_VERSION}")
# Only the readers of formats know of their libraries, so that no other file is compiled anew.
if(ANTLER_IMAGES)
  set_source_files_properties(
    antler/data/images/jpeg_read.cpp antler/data/images/png_read.cpp
    antler/data/images/png_write.cpp
    PROPERTIES COMPILE_DEFINITIONS ANTLER_HAS_IMAGES=1 SKIP_PRECOMPILE_HEADERS ON)
endif()
target_link_libraries(antler PRIVATE
  AntlerDeps::hwy
  $<$<BOOL:${ANTLER_THREADS}>:Threads::Threads>
  $<$<BOOL:${ANTLER_ONEDNN}>:AntlerDeps::dnnl>
  $<$<BOOL:${ANTLER_ZLIB}>:AntlerDeps::zlib>
  $<$<BOOL:${ANTLER_SAVING}>:AntlerDeps::zip>)
if(ANTLER_IMAGES)
  target_link_libraries(antler PRIVATE
    $<LINK_LIBRARY:ANTLER_AS_NEEDED,AntlerDeps::png,AntlerDeps::jpeg>)
endif()
