// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "studies/axis.hpp"

/// Ticks and figures are said alike in the window and in reports.
namespace crowdout::viz {

using studies::time_text;
using studies::time_ticks;
using studies::TimeTick;
using studies::Unit;
using studies::value_text;
using studies::value_ticks;
using studies::ValueTick;

}  // namespace crowdout::viz
