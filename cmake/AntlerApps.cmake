include(AntlerWorkloads)

# The antler command.
file(GLOB_RECURSE antler_cli_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/apps/cli/*.cpp")
if(antler_cli_sources)
  antler_find_dependency(fmt fmt/format.h libfmt-dev LIBRARIES fmt)
  antler_find_dependency(cli11 CLI/CLI.hpp libcli11-dev HEADER_ONLY)
  add_executable(antler_cli ${antler_cli_sources})
  set_target_properties(antler_cli PROPERTIES OUTPUT_NAME antler)
  target_compile_definitions(antler_cli PRIVATE ANTLER_VERSION="${PROJECT_VERSION}")
  target_link_libraries(antler_cli PRIVATE
    antler_workloads Antler::antler AntlerDeps::fmt AntlerDeps::cli11)
  antler_set_warnings(antler_cli)
endif()

# The worker that benchmarks/peers/compare.py times Antler by.
add_executable(antler_bench_worker "${PROJECT_SOURCE_DIR}/apps/bench_worker/main.cpp")
antler_set_warnings(antler_bench_worker)
target_link_libraries(antler_bench_worker PRIVATE antler_workloads Antler::antler)
