# Each file of benchmarks/ is a Google Benchmark program of its own.
antler_find_dependency(benchmark benchmark/benchmark.h libbenchmark-dev LIBRARIES benchmark)
find_package(Threads REQUIRED)
include(AntlerWorkloads)
antler_add_programs(benchmarks antler_workloads AntlerDeps::benchmark Threads::Threads)
