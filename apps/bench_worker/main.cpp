// Antler among its peers: a line of JSON in, a line of JSON out; see benchmarks/peers/README.md.
#include <chrono>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/thread_pool.h"
#include "antler/data/npz.h"
#include "antler/models/model.h"
#include "antler/models/trainer.h"
#include "antler/saving/json.h"
#include "apps/workloads/network.h"
#include "apps/workloads/timing.h"

namespace antler::workloads {
namespace {

constexpr int kFirstSteps = 10;

Config numbers(const Tensor& tensor) {
  Config list = Config::list();
  for (std::int64_t i = 0; i < tensor.size(); ++i) list.push_back(tensor.item(i));
  return list;
}

// The network of a process with its data; `first` is what its first request found, which each
// answer repeats.
class Peer {
 public:
  explicit Peer(const Config& request) : batch_size_(batch_size(request.at("network"))) {
    set_num_threads(static_cast<int>(request.at("threads").as_integer()));
    model_ = build_network(request.at("network"));
    std::vector<Tensor> weights;  // a map: w000, w001, ... come in order
    for (const auto& [name, weight] : read_npz(request.at("weights").as_string())) {
      weights.push_back(weight);
    }
    model_.set_weights(weights);
    const FlatMap<std::string, Tensor> data = read_npz(request.at("data").as_string());
    x_ = data.at("x");
    y_ = data.at("y");
    batch_ = {
        .x = {x_.slice(0, batch_size_)}, .y = {y_.slice(0, batch_size_)}, .size = batch_size_};
  }

  Config steps(double seconds) {
    if (first_.is_null()) {
      const auto begin = std::chrono::steady_clock::now();
      Config losses = Config::list();
      losses.push_back(step_with_loss());
      first_.set("first_step_s", seconds_since(begin));
      first_.set("outputs", numbers(predict_one()));
      for (int i = 1; i < kFirstSteps; ++i) losses.push_back(step_with_loss());
      first_.set("losses", losses);
    }
    Trainer& trainer = model_.model_base().trainer();
    Config answer = first_;
    answer.set("step_us", 1e6 * mean_seconds(seconds, [&] { trainer.train_on(batch_); }));
    answer.set("predict_us", 1e6 * mean_seconds(seconds / 4, [&] { predict_one(); }));
    return answer;
  }

  Config fit(double) {
    if (first_.is_null()) first_.set("val_loss", epoch());
    const auto begin = std::chrono::steady_clock::now();
    epoch();
    Config answer = first_;
    answer.set("epoch_s", seconds_since(begin));
    return answer;
  }

  Config predict(double seconds) {
    if (first_.is_null()) first_.set("outputs", numbers(predict_one()));
    Config answer = first_;
    answer.set("predict_many_us",
               1e6 * mean_seconds(seconds, [&] { model_.predict_on_batch(x_); }));
    answer.set("predict_us", 1e6 * mean_seconds(seconds, [&] { predict_one(); }));
    return answer;
  }

  Config start(double) {
    if (first_.is_null()) first_.set("losses", std::vector<double>{step_with_loss()});
    return first_;
  }

 private:
  double step_with_loss() { return model_.train_on_batch(batch_.x, batch_.y)["loss"]; }
  Tensor predict_one() const { return model_.predict_on_batch(x_.slice(0, 1)); }
  double epoch() const {
    const History history =
        model_.fit(x_, y_, {.batch_size = batch_size_, .verbose = 0, .validation_split = 0.1});
    return history["val_loss"].back();
  }

  std::int64_t batch_size_;
  Model model_;
  Tensor x_, y_;
  Batch batch_;
  Config first_;
};

struct Kind {
  std::string_view name;
  Config (Peer::*measure)(double seconds);
};
constexpr Kind kKinds[] = {{"steps", &Peer::steps},
                           {"fit", &Peer::fit},
                           {"predict", &Peer::predict},
                           {"start", &Peer::start}};

Config answer(std::optional<Peer>& peer, const std::string& line) {
  const Config request = parse_json(line, "request");
  if (!peer) peer.emplace(request);
  const std::string& name = request.at("kind").as_string();
  for (const Kind& kind : kKinds) {
    if (kind.name == name) return ((*peer).*kind.measure)(request.at("seconds").as_number());
  }
  throw ValueError("expected kind steps, fit, predict or start, got " + name);
}

int serve() {
  std::optional<Peer> peer;
  for (std::string line; std::getline(std::cin, line);) {
    Config said;
    try {
      said = answer(peer, line);
    } catch (const std::exception& error) {
      said.set("error", error.what());
    }
    std::cout << to_json(said) << std::endl;
  }
  return 0;
}

}  // namespace
}  // namespace antler::workloads

int main() { return antler::workloads::serve(); }
