// Every op of the list, on each of its samples: what its infer says, the reference kernel, the cpu
// backend on each instruction set and thread count, its errors, and two orders of derivatives.
#include "antler/ops/all_ops.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iostream>

#include "antler/backends/cpu/kernels/dispatch.h"
#include "antler/core/error.h"
#include "antler/core/thread_pool.h"
#include "tests/ops/excused.h"
#include "tests/ops/sample.h"
#include "tests/support/gradient_check.h"
#include "tests/support/near.h"
#include "tests/support/run_op.h"

namespace antler::testing {
namespace {

struct OpCase {
  std::string_view name;
  std::vector<Sample> (*samples)();
  friend void PrintTo(const OpCase& c, std::ostream* out) { *out << c.name; }
};

std::vector<OpCase> all_cases() {
  std::vector<OpCase> cases;
  ops::for_each_op(ops::AllOps{}, [&]<class T>() { cases.push_back({T::name, &samples<T>}); });
  return cases;
}

std::vector<Tensor> in_type(const std::vector<Tensor>& inputs, DType floating) {
  std::vector<Tensor> converted;
  for (const Tensor& input : inputs) {
    converted.push_back(is_floating(input.dtype()) ? input.astype(floating) : input);
  }
  return converted;
}

const Excuse* excuse(std::string_view op, int order) {
  for (const Excuse& e : kExcused) {
    if (e.op == op && e.order <= order) return &e;
  }
  return nullptr;
}

class OpTest : public ::testing::TestWithParam<OpCase> {
 protected:
  /// Calls f(sample) with a trace of its number.
  template <class F>
  void for_each_sample(F f) {
    const std::vector<Sample> rows = GetParam().samples();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      std::string text = "sample " + std::to_string(i) + ":";
      for (const Tensor& input : rows[i].inputs) {
        text += " " + TensorSpec{input.shape(), input.dtype()}.to_string();
      }
      SCOPED_TRACE(text);
      f(rows[i]);
    }
  }

  void check_derivatives(int order) {
    if (const Excuse* excused = excuse(GetParam().name, order)) {
      std::cout << "not checked: " << excused->op << ", order " << order << ": " << excused->reason
                << "\n";
      return;
    }
    std::int64_t compared = 0;
    for_each_sample([&](const Sample& sample) {
      if (!sample.error.empty() || sample.orders < order) return;
      const GradientReport report = check_gradient(
          sample.op, sample.inputs, {.order = order, .tolerance = sample.gradient_tolerance});
      EXPECT_TRUE(report.passed) << report.text;
      compared += report.compared;
    });
    EXPECT_GT(compared, 0) << GetParam().name << " has no sample with a floating input and output"
                           << " at order " << order << "; add one, or excuse it in excused.h";
  }
};

TEST_P(OpTest, RunsWhatItInfers) {
  for_each_sample([&](const Sample& sample) {
    if (!sample.error.empty()) return;
    for (const char* backend : {"reference", "cpu"}) {
      SCOPED_TRACE(backend);
      const std::string fault =
          find_write_fault(sample.op, in_type(sample.inputs, DType::float32), {.backend = backend});
      EXPECT_EQ(fault, "");
    }
  });
}

TEST_P(OpTest, InfersUnknownFirstAxes) {
  for_each_sample([&](const Sample& sample) {
    if (!sample.error.empty() || !sample.infers_unknown) return;
    std::vector<Value> known, open;
    for (const Tensor& input : sample.inputs) {
      TensorSpec spec = {input.shape(), input.dtype()};
      known.push_back(make_input(spec));
      if (spec.shape.rank() > 0) spec.shape.set(0, None);
      open.push_back(make_input(spec));
    }
    const std::vector<Value> exact = apply_all(sample.op, known);
    std::vector<Value> inferred;
    try {
      inferred = apply_all(sample.op, open);
    } catch (const Error&) {
      return;  // attributes or another input fix the size
    }
    ASSERT_EQ(inferred.size(), exact.size());
    for (std::size_t i = 0; i < exact.size(); ++i) {
      EXPECT_EQ(inferred[i].dtype(), exact[i].dtype());
      EXPECT_TRUE(inferred[i].shape().is_compatible(exact[i].shape()))
          << inferred[i].shape().to_string() << " for " << exact[i].shape().to_string();
    }
  });
}

TEST_P(OpTest, ReferenceGivesExpected) {
  for_each_sample([&](const Sample& sample) {
    for (const DType type : {DType::float32, DType::float64}) {
      if (sample.expect.empty()) return;
      const std::vector<Tensor> got =
          run_op(sample.op, in_type(sample.inputs, type), {.backend = "reference"});
      ASSERT_GE(got.size(), sample.expect.size());
      const double tolerance = type == DType::float64 ? sample.tolerance * 1e-6 : sample.tolerance;
      for (std::size_t i = 0; i < sample.expect.size(); ++i) {
        EXPECT_TRUE(is_near(got[i], sample.expect[i], tolerance)) << name(type);
      }
    }
  });
}

// float32 is computed like float64 and rounded, but for single operations.
TEST_P(OpTest, ReferenceInFloat32IsRoundedFloat64) {
  for_each_sample([&](const Sample& sample) {
    if (!sample.error.empty()) return;
    const std::vector<Tensor> narrow = in_type(sample.inputs, DType::float32);
    const std::vector<Tensor> got = run_op(sample.op, narrow, {.backend = "reference"});
    const std::vector<Tensor> exact =
        run_op(sample.op, in_type(narrow, DType::float64), {.backend = "reference"});
    for (std::size_t i = 0; i < exact.size(); ++i) {
      EXPECT_TRUE(is_near(got[i], exact[i], std::max(sample.tolerance, 1e-7)));
    }
  });
}

TEST_P(OpTest, CpuEqualsReference) {
  const int threads = num_threads();
  for_each_sample([&](const Sample& sample) {
    if (!sample.error.empty()) return;
    for (const DType type : {DType::float32, DType::float64}) {
      const std::vector<Tensor> inputs = in_type(sample.inputs, type);
      const std::vector<Tensor> expected = run_op(sample.op, inputs, {.backend = "reference"});
      for (const std::int64_t target : cpu::available_targets()) {
        SCOPED_TRACE(cpu::target_name(target));
        cpu::force_target(target);
        for (const bool fuse : {true, false}) {
          std::vector<Tensor> alone;
          for (const int count : {1, 3}) {
            set_num_threads(count);
            const std::vector<Tensor> got =
                run_op(sample.op, inputs, {.backend = "cpu", .fuse = fuse});
            if (count == 1) alone = got;
            for (std::size_t i = 0; i < expected.size(); ++i) {
              EXPECT_TRUE(is_near(got[i], expected[i], sample.tolerance))
                  << name(type) << ", fuse " << fuse << ", threads " << count;
              EXPECT_TRUE(identical(got[i], alone[i])) << "other bits with " << count << " threads";
            }
          }
        }
      }
    }
  });
  cpu::force_target(0);
  set_num_threads(threads);
}

TEST_P(OpTest, ReportsErrors) {
  for_each_sample([&](const Sample& sample) {
    if (sample.error.empty()) return;
    for (const char* backend : {"reference", "cpu"}) {
      try {
        run_op(sample.op, in_type(sample.inputs, DType::float32), {.backend = backend});
        ADD_FAILURE() << "no error on " << backend << "; expected " << sample.error;
      } catch (const Error& e) {
        EXPECT_NE(std::string(e.what()).find(sample.error), std::string::npos)
            << "got: " << e.what() << "\nexpected: " << sample.error;
      }
    }
  });
}

TEST_P(OpTest, FirstDerivatives) { check_derivatives(1); }
TEST_P(OpTest, SecondDerivatives) { check_derivatives(2); }

INSTANTIATE_TEST_SUITE_P(AllOps, OpTest, ::testing::ValuesIn(all_cases()),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(AllOps, NamesAreDistinct) {
  std::vector<std::string_view> names;
  for (const OpCase& c : all_cases()) names.push_back(c.name);
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

TEST(Excused, AreOpsWithAReason) {
  const std::vector<OpCase> cases = all_cases();
  for (const Excuse& e : kExcused) {
    std::cout << "excused from order " << e.order << " on: " << e.op << " (" << e.reason << ")\n";
    EXPECT_TRUE(
        std::any_of(cases.begin(), cases.end(), [&](const OpCase& c) { return c.name == e.op; }))
        << e.op << " is no op";
    EXPECT_TRUE(e.order == 1 || e.order == 2);
    EXPECT_FALSE(e.reason.empty());
  }
}

}  // namespace
}  // namespace antler::testing
