# What an outside project's find_package(Antler) needs: headers, library, config file.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(antler_config_dir "${CMAKE_INSTALL_LIBDIR}/cmake/Antler")

install(TARGETS antler EXPORT AntlerTargets COMPONENT library)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/antler" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
        COMPONENT library FILES_MATCHING PATTERN "*.h")
install(EXPORT AntlerTargets NAMESPACE Antler:: DESTINATION "${antler_config_dir}"
        COMPONENT library)
configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/AntlerConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/AntlerConfig.cmake" INSTALL_DESTINATION "${antler_config_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/AntlerConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/AntlerConfig.cmake"
              "${PROJECT_BINARY_DIR}/AntlerConfigVersion.cmake"
              "${PROJECT_SOURCE_DIR}/cmake/AntlerDependencies.cmake"
        DESTINATION "${antler_config_dir}" COMPONENT library)
if(TARGET antler_cli)
  install(TARGETS antler_cli COMPONENT command)
endif()
