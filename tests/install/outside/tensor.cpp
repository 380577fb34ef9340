#include <antler/core/tensor.h>

#include <iostream>

int main() {
  const antler::Tensor table = {{1, 2, 3}, {4, 5, 6}};
  const double last = table[1].item(2);
  std::cout << table.to_string() << "\n";
  return table.shape() == antler::Shape{2, 3} && last == 6 ? 0 : 1;
}
