# The networks of the benchmarks, for the command, the worker of benchmarks/peers and the benchmarks.
include_guard(GLOBAL)
file(GLOB antler_workloads_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/apps/workloads/*.cpp")
add_library(antler_workloads STATIC ${antler_workloads_sources})
antler_set_warnings(antler_workloads)
target_link_libraries(antler_workloads PUBLIC Antler::antler)
