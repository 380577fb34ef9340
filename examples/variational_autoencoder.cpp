// A variational autoencoder on drawn digits: an overridden train_step with a loss of two parts, and
// metrics of its own.  variational_autoencoder [epochs] [digits]
#include <antler/antler.h>

#include <cstdio>
#include <cstdlib>

using namespace antler;

constexpr std::int64_t kLatent = 2;

struct VariationalAutoencoder : ModelBase {
  Layer encoder = add_layer(Sequential({Flatten(), Dense(128, {.activation = "relu"})}));
  Layer mean = add_layer(Dense(kLatent, {.name = "mean"}));
  Layer log_variance = add_layer(Dense(kLatent, {.name = "log_variance"}));
  Layer decoder = add_layer(
      Sequential({Dense(128, {.activation = "relu"}), Dense(28 * 28), Reshape({28, 28})}));
  Metric reconstruction = add_metric(metrics::Mean({.name = "reconstruction"}));
  Metric divergence = add_metric(metrics::Mean({.name = "divergence"}));

  // What the decoder makes of the middle of what the encoder sees: logits of ink.
  Value call(const Value& x, CallContext& context) const override {
    return decoder(mean(encoder(x, context), context), context);
  }

  void train_step(StepContext& context) const override {
    CallContext& call = context.call();
    const Value x = context.x[0];
    const Value seen = encoder(x, call);
    const Value center = mean(seen, call), spread = log_variance(seen, call);
    const Value noise = call.random_normal({context.batch_size(), kLatent});
    const Value logits = decoder(center + ops::exp(spread * 0.5) * noise, call);
    // Cross-entropy of each pixel from its logit, summed over the picture.
    const Value pixels = ops::softplus(logits) - x * logits;
    const Value picture =
        ops::mean(ops::sum(ops::reshape(pixels, {context.batch_size(), None}), {.axis = 1}));
    const Value kl = ops::mean(
        ops::sum((ops::exp(spread) + ops::square(center) - 1 - spread) * 0.5, {.axis = 1}));
    context.minimize(picture + kl);
    context.track_loss(picture + kl);
    context.update_metric(reconstruction, picture, Value());
    context.update_metric(divergence, kl, Value());
  }
};

int main(int argc, char** argv) {
  const int epochs = argc > 1 ? std::atoi(argv[1]) : 10;
  const std::int64_t count = argc > 2 ? std::atoll(argv[2]) : 10000;
  set_random_seed(0);
  const Tensor x = Value(datasets::drawn_digits(count, 1).x.astype(DType::float32)) / 255;
  const Model model = make_model<VariationalAutoencoder>();
  model.compile({.optimizer = Adam({.learning_rate = 1e-3})});
  const History history = model.fit(x, x, {.batch_size = 128, .epochs = epochs, .verbose = 0});
  for (const char* name : {"loss", "reconstruction", "divergence"}) {
    std::printf("%s %.1f -> %.1f\n", name, history[name].front(), history[name].back());
  }
}
