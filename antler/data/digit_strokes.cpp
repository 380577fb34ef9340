#include "antler/data/digit_strokes.h"

#include <array>
#include <cstddef>

namespace antler::datasets {
namespace {

constexpr Point kZeroOval[] = {{.50F, .05F}, {.24F, .18F}, {.15F, .50F}, {.24F, .82F}, {.50F, .95F},
                               {.76F, .82F}, {.85F, .50F}, {.76F, .18F}, {.50F, .05F}};
constexpr Point kOneBar[] = {{.50F, .05F}, {.50F, .95F}};
constexpr Point kOneFlag[] = {{.30F, .25F}, {.54F, .05F}, {.54F, .05F}, {.54F, .95F}};
constexpr Point kTwoPlain[] = {{.18F, .25F}, {.30F, .08F}, {.58F, .05F}, {.78F, .22F}, {.70F, .48F},
                               {.45F, .70F}, {.15F, .94F}, {.15F, .94F}, {.85F, .94F}};
constexpr Point kTwoLoop[] = {{.20F, .22F}, {.45F, .05F}, {.74F, .18F}, {.68F, .48F}, {.42F, .78F},
                              {.22F, .90F}, {.18F, .78F}, {.34F, .74F}, {.58F, .90F}, {.86F, .88F}};
constexpr Point kThreeRound[] = {{.20F, .14F}, {.48F, .04F}, {.74F, .18F}, {.66F, .40F},
                                 {.42F, .47F}, {.42F, .47F}, {.72F, .56F}, {.80F, .76F},
                                 {.54F, .96F}, {.18F, .86F}};
constexpr Point kThreeFlat[] = {{.18F, .07F}, {.76F, .07F}, {.76F, .07F},
                                {.44F, .42F}, {.44F, .42F}, {.74F, .52F},
                                {.78F, .76F}, {.52F, .96F}, {.16F, .88F}};
constexpr Point kFourAngle[] = {{.30F, .06F}, {.15F, .58F}, {.15F, .58F}, {.85F, .58F}};
constexpr Point kFourStem[] = {{.68F, .28F}, {.64F, .95F}};
constexpr Point kFourClosed[] = {{.68F, .95F}, {.68F, .05F}, {.68F, .05F},
                                 {.12F, .64F}, {.12F, .64F}, {.88F, .64F}};
constexpr Point kFiveBody[] = {{.26F, .08F}, {.22F, .44F}, {.22F, .44F}, {.52F, .38F},
                               {.80F, .58F}, {.72F, .86F}, {.44F, .96F}, {.16F, .86F}};
constexpr Point kFiveTop[] = {{.26F, .08F}, {.80F, .06F}};
constexpr Point kFiveOnePull[] = {{.80F, .08F}, {.28F, .10F}, {.28F, .10F},
                                  {.22F, .46F}, {.50F, .40F}, {.76F, .56F},
                                  {.70F, .84F}, {.40F, .95F}, {.14F, .84F}};
constexpr Point kSixCurl[] = {{.70F, .06F}, {.38F, .26F}, {.20F, .62F}, {.34F, .92F}, {.64F, .92F},
                              {.78F, .70F}, {.58F, .52F}, {.30F, .62F}, {.22F, .76F}};
constexpr Point kSixStraight[] = {{.42F, .04F}, {.26F, .40F}, {.20F, .74F}, {.40F, .95F},
                                  {.70F, .88F}, {.76F, .66F}, {.54F, .54F}, {.24F, .70F}};
constexpr Point kSevenPlain[] = {
    {.16F, .08F}, {.82F, .08F}, {.82F, .08F}, {.58F, .48F}, {.40F, .95F}};
constexpr Point kSevenHook[] = {{.16F, .24F}, {.18F, .08F}, {.18F, .08F}, {.80F, .08F},
                                {.80F, .08F}, {.52F, .52F}, {.44F, .95F}};
constexpr Point kSevenDash[] = {{.36F, .52F}, {.76F, .50F}};
constexpr Point kEightTwist[] = {{.70F, .16F}, {.44F, .05F}, {.24F, .22F}, {.44F, .44F},
                                 {.72F, .64F}, {.70F, .88F}, {.46F, .95F}, {.22F, .82F},
                                 {.32F, .58F}, {.62F, .42F}, {.74F, .22F}, {.66F, .10F}};
constexpr Point kEightTop[] = {{.50F, .05F}, {.28F, .14F}, {.28F, .36F}, {.50F, .46F},
                               {.72F, .36F}, {.72F, .14F}, {.50F, .05F}};
constexpr Point kEightBottom[] = {{.50F, .46F}, {.22F, .58F}, {.22F, .84F}, {.50F, .95F},
                                  {.78F, .84F}, {.78F, .58F}, {.50F, .46F}};
constexpr Point kNineStraight[] = {{.74F, .24F}, {.52F, .05F}, {.26F, .18F},
                                   {.24F, .42F}, {.50F, .52F}, {.72F, .36F},
                                   {.74F, .20F}, {.74F, .20F}, {.70F, .95F}};
constexpr Point kNineCurl[] = {{.76F, .22F}, {.54F, .05F}, {.28F, .16F}, {.24F, .40F},
                               {.48F, .52F}, {.74F, .34F}, {.78F, .46F}, {.68F, .80F},
                               {.40F, .96F}, {.20F, .88F}};

constexpr Stroke kZero[] = {kZeroOval};
constexpr Stroke kOneA[] = {kOneBar};
constexpr Stroke kOneB[] = {kOneFlag};
constexpr Stroke kTwoA[] = {kTwoPlain};
constexpr Stroke kTwoB[] = {kTwoLoop};
constexpr Stroke kThreeA[] = {kThreeRound};
constexpr Stroke kThreeB[] = {kThreeFlat};
constexpr Stroke kFourA[] = {kFourAngle, kFourStem};
constexpr Stroke kFourB[] = {kFourClosed};
constexpr Stroke kFiveA[] = {kFiveBody, kFiveTop};
constexpr Stroke kFiveB[] = {kFiveOnePull};
constexpr Stroke kSixA[] = {kSixCurl};
constexpr Stroke kSixB[] = {kSixStraight};
constexpr Stroke kSevenA[] = {kSevenPlain};
constexpr Stroke kSevenB[] = {kSevenHook};
constexpr Stroke kSevenC[] = {kSevenPlain, kSevenDash};
constexpr Stroke kEightA[] = {kEightTwist};
constexpr Stroke kEightB[] = {kEightTop, kEightBottom};
constexpr Stroke kNineA[] = {kNineStraight};
constexpr Stroke kNineB[] = {kNineCurl};

constexpr Glyph kZeros[] = {kZero};
constexpr Glyph kOnes[] = {kOneA, kOneB};
constexpr Glyph kTwos[] = {kTwoA, kTwoB};
constexpr Glyph kThrees[] = {kThreeA, kThreeB};
constexpr Glyph kFours[] = {kFourA, kFourB};
constexpr Glyph kFives[] = {kFiveA, kFiveB};
constexpr Glyph kSixes[] = {kSixA, kSixB};
constexpr Glyph kSevens[] = {kSevenA, kSevenB, kSevenC};
constexpr Glyph kEights[] = {kEightA, kEightB};
constexpr Glyph kNines[] = {kNineA, kNineB};

constexpr std::array<std::span<const Glyph>, 10> kDigits = {
    kZeros, kOnes, kTwos, kThrees, kFours, kFives, kSixes, kSevens, kEights, kNines};

}  // namespace

std::span<const Glyph> glyphs_of(int digit) { return kDigits[static_cast<std::size_t>(digit)]; }

}  // namespace antler::datasets
