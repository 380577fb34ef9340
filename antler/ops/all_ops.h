#pragma once

#include "antler/ops/arg_extrema.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/cast.h"
#include "antler/ops/check_index.h"
#include "antler/ops/comparison.h"
#include "antler/ops/concatenate.h"
#include "antler/ops/convolution.h"
#include "antler/ops/cumsum.h"
#include "antler/ops/division.h"
#include "antler/ops/erf.h"
#include "antler/ops/exponential.h"
#include "antler/ops/extrema.h"
#include "antler/ops/finite.h"
#include "antler/ops/gather.h"
#include "antler/ops/gather_along.h"
#include "antler/ops/log_softmax.h"
#include "antler/ops/logical.h"
#include "antler/ops/matmul.h"
#include "antler/ops/max_min.h"
#include "antler/ops/one_hot.h"
#include "antler/ops/pad.h"
#include "antler/ops/pooling.h"
#include "antler/ops/power.h"
#include "antler/ops/prod.h"
#include "antler/ops/random.h"
#include "antler/ops/relu.h"
#include "antler/ops/reshape.h"
#include "antler/ops/reverse.h"
#include "antler/ops/roots.h"
#include "antler/ops/rounding.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/scan.h"
#include "antler/ops/size_of.h"
#include "antler/ops/slice.h"
#include "antler/ops/softmax.h"
#include "antler/ops/softplus.h"
#include "antler/ops/sort.h"
#include "antler/ops/stop_gradient.h"
#include "antler/ops/sum.h"
#include "antler/ops/transpose.h"
#include "antler/ops/trigonometric.h"
#include "antler/ops/where.h"

namespace antler::ops {

template <class... T>
struct TypeList {
  static constexpr std::size_t size = sizeof...(T);
};

/// Every primitive op, once. The tables of kernels, samples and docs are made from this list, so an
/// op without a reference kernel or without samples does not link.
using AllOps = TypeList<Add, Subtract, Multiply, Divide, Negative,                  //
                        BroadcastTo, Cast, Reshape,                                 //
                        Softmax, LogSoftmax,                                        //
                        Sum, Prod, Max, Min, SizeOf, ArgMax, ArgMin, Cumsum,        //
                        Exp, Expm1, Log, Log1p, Sqrt, Rsqrt, Power,                 //
                        Sin, Cos, Tanh, Sigmoid, Softplus, Erf, Relu,               //
                        Abs, Sign, Round, Floor, Ceil, FloorDivide, Mod,            //
                        Maximum, Minimum, Where, StopGradient,                      //
                        Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual,    //
                        LogicalAnd, LogicalOr, LogicalNot, IsFinite, IsNan,         //
                        Matmul, Transpose, Concatenate, Slice, Pad, Reverse,        //
                        Gather, ScatterAdd, GatherAlong, ScatterAlong, CheckIndex,  //
                        Convolution, ConvolutionInputGradient,                      //
                        ConvolutionKernelGradient,                                  //
                        MaxPool, MaxPoolGradient, MaxPoolGather,                    //
                        SumPool, SumPoolGradient,                                   //
                        OneHot, Sort, Argsort, TopK, Random, Scan>;

/// Calls `f.template operator()<T>()` for each type of the list.
template <class F, class... T>
constexpr void for_each_op(TypeList<T...>, F&& f) {
  (f.template operator()<T>(), ...);
}

}  // namespace antler::ops
