#include "antler/core/callable.h"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "antler/core/error.h"

namespace antler {
namespace {

int twice(int x) { return 2 * x; }

TEST(Callable, CallsFunctionsLambdasAndObjects) {
  struct Adder {
    int operator()(int x) const { return x + base; }
    int base;
  };
  EXPECT_EQ(Callable<int(int)>(twice)(4), 8);
  EXPECT_EQ(Callable<int(int)>([](int x) { return x - 1; })(4), 3);
  EXPECT_EQ(Callable<int(int)>(Adder{10})(4), 14);
  EXPECT_EQ(Callable<double(float)>(twice)(4.5F), 8.0);
}

TEST(Callable, IsFalseWhenMadeOfNothing) {
  const Callable<int(int)> none;
  const Callable<int(int)> null = nullptr;
  int (*no_function)(int) = nullptr;
  EXPECT_FALSE(none);
  EXPECT_FALSE(null);
  EXPECT_FALSE(Callable<int(int)>(no_function));
  EXPECT_FALSE(Callable<int(int)>(std::function<int(int)>()));
  EXPECT_TRUE(Callable<int(int)>(std::function<int(int)>(twice)));
}

TEST(Callable, RefusesToCallNothing) {
  const Callable<int(int)> none;
  EXPECT_THROW(none(1), StateError);
}

TEST(Callable, DropsAResultThatNobodyWants) {
  int calls = 0;
  const Callable<void(int)> count = [&calls](int x) { return calls += x; };
  count(3);
  EXPECT_EQ(calls, 3);
}

TEST(Callable, PassesReferencesOn) {
  const Callable<void(std::string&)> append = [](std::string& text) { text += "!"; };
  std::string text = "horn";
  append(text);
  EXPECT_EQ(text, "horn!");
  const Callable<std::string&(std::string&)> same = [](std::string& t) -> std::string& {
    return t;
  };
  EXPECT_EQ(&same(text), &text);
  const Callable<int(std::unique_ptr<int>)> take = [](std::unique_ptr<int> p) { return *p; };
  EXPECT_EQ(take(std::make_unique<int>(7)), 7);
}

TEST(Callable, CopiesTheStateOfItsObject) {
  Callable<int()> count = [n = 0]() mutable { return ++n; };
  EXPECT_EQ(count(), 1);
  const Callable<int()> copy = count;
  EXPECT_EQ(count(), 2);
  EXPECT_EQ(count(), 3);
  EXPECT_EQ(copy(), 2);
  const Callable<int()> moved = std::move(count);
  EXPECT_EQ(moved(), 4);
  EXPECT_FALSE(count);  // NOLINT(bugprone-use-after-move): an empty one is what it promises
}

TEST(Callable, EndsItsObjectOnce) {
  const auto alive = std::make_shared<int>(1);
  {
    Callable<int()> f = [alive] { return *alive; };
    Callable<int()> g = f;
    EXPECT_EQ(alive.use_count(), 3);
    f = g;
    EXPECT_EQ(alive.use_count(), 3);
    f = nullptr;
    EXPECT_EQ(alive.use_count(), 2);
    Callable<int()>& same = g;
    g = std::move(same);  // must not lose it, nor end it twice
    EXPECT_EQ(g(), 1);
  }
  EXPECT_EQ(alive.use_count(), 1);
}

TEST(Callable, IsChosenByWhatItsArgumentsAre) {
  const auto kind = [](auto function) {
    return std::is_constructible_v<Callable<int(int)>, decltype(function)>;
  };
  EXPECT_TRUE(kind([](int) { return 1; }));
  EXPECT_FALSE(kind([](int*) { return 1; }));
  EXPECT_FALSE(kind([](int) { return std::string(); }));
  EXPECT_FALSE(kind(3));
  EXPECT_FALSE(kind(&std::vector<int>::size));
}

}  // namespace
}  // namespace antler
