// A computation graph stepped forward and back, and why one walk back beats a nudge of every
// parameter: N + P steps against N x P, counted and timed for growing networks.
#include <antler/antler.h>

#include <chrono>
#include <cstdio>

#include "course.h"
#include "numbers.h"
#include "scalar_graph.h"

using namespace antler;
using course::ScalarGraph;

// c = w x, a = c + b, d = a - y, J = d^2 / 2; the library's slopes beside ours.
void step_through(const course::Numbers& values, double nudge) {
  const double w = values[0], x = values[1], b = values[2], y = values[3];
  ScalarGraph g;
  const auto W = g.parameter(w), B = g.parameter(b), c = g.multiply(W, g.constant(x)),
             a = g.add(c, B), d = g.subtract(a, g.constant(y)), J = g.half_square(d);
  const double loss = g.forward(), N = g.steps();
  std::printf("forward   c = %g, a = %g, d = %g, J = %g in %g steps\n", g[c].value, g[a].value,
              g[d].value, g[J].value, N);
  g.backward();
  std::printf("back      dJ/dd = %g, dJ/da = %g, dJ/dc = %g, dJ/db = %g, dJ/dw = %g in %g more\n",
              g[d].slope, g[a].slope, g[c].slope, g[B].slope, g[W].slope, g.steps() - N);
  const Variable vw{Tensor(w)}, vb{Tensor(b)};
  const Value vc = vw * x, va = vc + vb, vd = va - y;
  const std::vector<Value> by = {vd, va, vc, vb, vw};
  course::print("gradients", course::numbers_of(evaluate(gradients(vd * vd / 2, by))));
  course::print("nudged    w, b:", course::slopes_nudged(g, loss, nudge), " %.6g");
}

// One layer of tanh units, added up with weights, less a target, squared and halved.
ScalarGraph network(int units, int inputs, std::uint64_t seed) {
  ScalarGraph g;
  const RandomStream random(seed, 0, 0);
  std::vector<std::size_t> x;
  for (int i = 0; i < inputs; ++i) x.push_back(g.constant(random.normal(i)));
  const auto parameter = [&] { return g.parameter(random.normal(100 + g.parameters().size())); };
  std::size_t output = parameter();
  for (int unit = 0; unit < units; ++unit) {
    std::size_t z = parameter();
    for (const auto input : x) z = g.add(z, g.multiply(parameter(), input));
    output = g.add(output, g.multiply(parameter(), g.tanh(z)));
  }
  g.half_square(g.subtract(output, g.constant(1)));
  return g;
}

void compare(ScalarGraph g, double nudge) {
  const double J = g.forward(), N = double(g.computed()), P = double(g.parameters().size());
  const auto before = std::chrono::steady_clock::now();
  const course::Numbers back = course::slopes_back(g);
  const auto between = std::chrono::steady_clock::now();
  const double back_steps = g.steps() - N;
  const course::Numbers nudged = course::slopes_nudged(g, J, nudge);
  const std::chrono::duration<double, std::micro> slow = std::chrono::steady_clock::now() - between,
                                                  fast = between - before;
  std::printf("N = %g, P = %g, N + P = %g, N x P = %.0f, slopes differ by %.0e\n", N, P, N + P,
              N * P, course::largest_difference(back, nudged));
  std::printf("  back: %.0f steps, %.1f us; nudged: %.0f steps, %.1f us: %.0f times as long\n",
              back_steps, fast.count(), g.steps() - N - back_steps, slow.count(), slow / fast);
}

int main(int argc, char** argv) {
  return course::run(argc, argv,
                     {{"values", "2,-2,8,2", "of w, x, b and y"},
                      {"nudge", "1e-6", "of a parameter"},
                      {"inputs", "8", "of the growing networks"},
                      {"units", "4,16,64,256", "their hidden units"}},
                     [](const course::Settings& settings) {
                       const double nudge = settings.number("nudge");
                       step_through(settings.numbers("values"), nudge);
                       for (const double units : settings.numbers("units"))
                         compare(network(int(units), settings.integer("inputs"), settings.seed()),
                                 nudge);
                     });
}
