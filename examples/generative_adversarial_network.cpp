// A generative adversarial network on drawn digits: an overridden train_step with two optimizers.
//   generative_adversarial_network [epochs] [digits]
#include <antler/antler.h>

#include <cstdio>
#include <cstdlib>

using namespace antler;

constexpr std::int64_t kNoise = 32;

struct Gan : ModelBase {
  Layer generator =
      add_layer(Sequential({Dense(128, {.activation = "relu"}),
                            Dense(28 * 28, {.activation = "sigmoid"}), Reshape({28, 28})}));
  Layer critic = add_layer(Sequential(
      {Flatten(), Dense(128), LeakyReLU({.negative_slope = 0.2}), Dropout(0.3), Dense(1)}));
  Adam critic_optimizer = Adam({.learning_rate = 2e-4, .beta_1 = 0.5});
  Metric critic_loss = add_metric(metrics::Mean({.name = "critic_loss"}));

  Value call(const Value& noise, CallContext& context) const override {
    return generator(noise, context);
  }

  // The critic learns to tell drawn digits from made ones, the generator to be taken for real.
  void train_step(StepContext& context) const override {
    const Loss loss = BinaryCrossentropy({.from_logits = true});
    CallContext& call = context.call();
    const Value made = generator(call.random_normal({context.batch_size(), kNoise}), call);
    const Value fake = critic(made, call), real = critic(context.x[0], call);
    const Value one = ops::ones_like(fake), zero = ops::zeros_like(fake);
    const Value told_apart = (loss(one, real) + loss(zero, fake)) * 0.5;
    context.minimize(told_apart, critic.trainable_weights(), critic_optimizer);
    context.minimize(loss(one, fake), generator.trainable_weights(), context.optimizer());
    context.track_loss(loss(one, fake));
    context.update_metric(critic_loss, told_apart, Value());
  }
};

// How bright the pictures are, and how much one differs from another.
void describe(const char* name, const Value& pictures) {
  const Value spread = ops::mean(ops::std(pictures, {.axis = 0}));
  std::printf("%s: ink %.3f, spread %.3f\n", name, Tensor(ops::mean(pictures)).item(),
              Tensor(spread).item());
}

int main(int argc, char** argv) {
  const int epochs = argc > 1 ? std::atoi(argv[1]) : 30;
  const std::int64_t count = argc > 2 ? std::atoll(argv[2]) : 10000;
  set_random_seed(0);
  const Tensor x = Value(datasets::drawn_digits(count, 1).x.astype(DType::float32)) / 255;
  const Model gan = make_model<Gan>();
  gan.compile({.optimizer = Adam({.learning_rate = 2e-4, .beta_1 = 0.5})});
  describe("drawn", x);
  const Tensor noise = ops::random::normal({256, kNoise});
  describe("made before training", gan.predict(noise));
  const History history = gan.fit(x, x, {.batch_size = 128, .epochs = epochs, .verbose = 0});
  describe("made after training", gan.predict(noise));
  std::printf("loss %.3f, critic_loss %.3f\n", history["loss"].back(),
              history["critic_loss"].back());
}
