#include "antler/core/error.h"

namespace antler {

// Here, so that not each of its hundred callers holds a handler for every class.
void detail::rethrow_with_prefix(const std::string& prefix) {
  try {
    throw;
  } catch (const ShapeError& e) {
    throw ShapeError(prefix + e.what());
  } catch (const ValueError& e) {
    throw ValueError(prefix + e.what());
  } catch (const TypeError& e) {
    throw TypeError(prefix + e.what());
  } catch (const StateError& e) {
    throw StateError(prefix + e.what());
  } catch (const FileError& e) {
    throw FileError(prefix + e.what());
  }
}

}  // namespace antler
