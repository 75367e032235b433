// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

#include "viz/flow_picture.hpp"
#include "viz/layout.hpp"
#include "viz/panel_charts.hpp"
#include "viz/panel_depth.hpp"
#include "viz/panel_inspector.hpp"
#include "viz/panel_ladder.hpp"
#include "viz/panel_log.hpp"
#include "viz/panel_picked.hpp"
#include "viz/panel_stage.hpp"
#include "viz/panel_volume.hpp"
#include "world/scene.hpp"

namespace crowdout::viz {

/// Every picture there is of a run, the same ones in the window and in files.
class Panels {
public:
    /// What somebody pointed out in one of them.
    struct Asked {
        std::optional<std::size_t> frame;  ///< to go to
        std::optional<Picked> picked;      ///< to look at instead
    };

    /// Draws those that the layout has a place for.
    /// @param index   the frame shown; the source's scene is that of it afterwards. `no_frame`:
    ///                none, and no panel has anything to tell.
    /// @param picked  what is selected; the inspector tells of it.
    /// @param seeks   how many moments of the past each may ask for now.
    /// @return what was clicked.
    Asked draw(const Stage& stage, const Layout& layout, world::FrameSource& source,
               std::size_t index, const std::optional<Picked>& picked, std::size_t seeks);

    /// Shows the flows of a sector or a book alone, or all.
    void pick(const std::optional<Picked>& picked) { flow_.pick(picked); }
    void set_span(FlowSpan span) { flow_.set_span(span); }
    /// The book whose depth and ladder are shown.
    [[nodiscard]] std::uint16_t book() const { return book_; }
    void set_book(std::uint16_t book);

private:
    FlowPicture flow_;
    PricesPanel prices_;
    PricesPanel drawdowns_{PricesPanel::What::drawdown};
    VolumePanel volume_;
    DepthPanel depth_;
    LadderPanel ladder_;
    RatesPanel rates_;
    LogPanel log_;
    InspectorPanel inspector_;
    std::uint16_t book_ = 0;
};

}  // namespace crowdout::viz
