// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "studies/palette.hpp"
#include "studies/report_page.hpp"

namespace crowdout::studies {
namespace {

constexpr std::size_t series_colors = 16;

/// Custom properties of a palette: `--c0`, `--k0`, `--text` and so on.
std::string properties(const Palette& palette) {
    std::string text;
    const auto add = [&text](std::string_view name, std::uint32_t color) {
        text += fmt::format("--{}:#{:06x};", name, color);
    };
    add("background", palette.background);
    add("panel", palette.panel);
    add("border", palette.border);
    add("grid", palette.grid);
    add("text", palette.text);
    add("mute", palette.muted);
    add("accent", palette.accent);
    add("warn", palette.warning);
    add("up", palette.bid);
    add("down", palette.ask);
    for (std::size_t i = 0; i < series_colors; ++i) {
        add(fmt::format("c{}", i), instrument_color(palette, i));
    }
    for (std::size_t i = 0; i < palette.causes.size(); ++i) {
        add(fmt::format("k{}", i), palette.causes[i]);
    }
    return text;
}

/// A class for each colour: it sets what `line`, `area`, `band` and `swatch` paint with.
std::string color_classes() {
    std::string text;
    const auto add = [&text](const std::string& name) {
        text += fmt::format(".{0}{{--paint:var(--{0})}}", name);
    };
    for (std::size_t i = 0; i < series_colors; ++i) add(fmt::format("c{}", i));
    for (std::size_t i = 0; i < dark_palette.causes.size(); ++i) add(fmt::format("k{}", i));
    for (const char* name : {"mute", "accent", "warn", "up", "down"}) add(name);
    return text;
}

/// The n-th choice shows the n-th of what there is to choose from.
std::string choice_rules() {
    std::string selectors;
    for (std::size_t i = 1; i <= choices_max; ++i) {
        selectors += fmt::format("{}.choices>input:nth-of-type({}):checked~.choice:nth-of-type({})",
                                 i == 1 ? "" : ",", i, i);
    }
    return selectors + "{display:block}";
}

constexpr std::string_view rules = R"(
*{box-sizing:border-box}
body{margin:0;background:var(--background);color:var(--text);
font:16px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:1000px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:1.9rem;line-height:1.2;margin:.4em 0}
h2{font-size:1.25rem;margin:0 0 .5em}
h3{font-size:1rem;margin:1.4em 0 .3em}
section{background:var(--panel);border:1px solid var(--border);border-radius:8px;padding:18px 20px;margin:18px 0;overflow-wrap:anywhere}
p{margin:.5em 0}
.lead{font-size:1.15rem}
.note,figcaption,summary{color:var(--mute);font-size:.875rem}
svg.chart{display:block;width:100%;height:auto;overflow:visible;margin:6px 0}
svg.narrow{display:none;max-width:520px}
svg text{font-size:12px;fill:var(--text)}
svg .tick{fill:var(--mute);font-variant-numeric:tabular-nums}
.end{text-anchor:end}.mid{text-anchor:middle}
.halo{paint-order:stroke;stroke:var(--panel);stroke-width:3px;stroke-linejoin:round}
.grid{stroke:var(--grid)}.axis{stroke:var(--mute)}
.line{fill:none;stroke:var(--paint);stroke-width:1.6;stroke-linejoin:round}
.dashed{stroke-dasharray:5 4}
.leader{stroke:var(--paint);stroke-width:1.6}
.area{fill:var(--paint)}
.band{fill:var(--paint);fill-opacity:.3}.band.light{fill-opacity:.16}
.flow{fill:var(--paint);fill-opacity:.38}
.flow:hover{fill-opacity:.7}
.allowed{fill:var(--up);fill-opacity:.22}
.heat{fill:var(--accent);stroke:var(--grid)}
.ring{fill:none;stroke:var(--mute);stroke-width:1.5}
.whisker{fill:none;stroke:var(--text);stroke-width:1.5}
.moment line{stroke:var(--warn);stroke-dasharray:3 3}
.moment text{font-size:11px;fill:var(--warn)}
.tree{fill:none;stroke:var(--mute)}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:2px 16px;padding:0;margin:6px 0;font-size:.875rem}
.named{display:none}
.swatch{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:6px;background:var(--paint)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums;margin:8px 0;overflow-wrap:normal}
th,td{white-space:nowrap;padding:4px 12px 4px 0;text-align:right;border-bottom:1px solid var(--grid);vertical-align:top}
tbody th{font-weight:500;text-align:left}thead th{color:var(--mute);font-weight:500}
.words{text-align:left}
pre{overflow:auto;max-height:30em;font-size:.8rem;line-height:1.4;background:var(--background);padding:12px;border-radius:6px;white-space:pre-wrap}
details{margin:10px 0}summary{cursor:pointer}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:10px 0;font-size:.875rem}
.facts dt{color:var(--mute)}.facts dd{margin:0;overflow-wrap:anywhere}
.choices>input{position:absolute;opacity:0}
.choices>label{display:inline-block;padding:2px 10px;margin:4px 6px 4px 0;border:1px solid var(--border);border-radius:99px;font-size:.875rem;cursor:pointer}
.choices>input:checked+label{border-color:var(--accent);color:var(--accent)}
.choices>input:focus-visible+label{outline:2px solid var(--accent)}
.choice{display:none}
.verdict{font-weight:600}
#says{position:fixed;z-index:2;pointer-events:none;background:var(--panel);color:var(--text);border:1px solid var(--border);border-radius:6px;padding:6px 10px;font-size:12px;white-space:pre;font-variant-numeric:tabular-nums}
@media(max-width:719px){svg.wide{display:none}svg.narrow{display:block}.legend.named{display:flex}main{padding:12px 8px}section{padding:12px}h1{font-size:1.5rem}.facts{grid-template-columns:1fr}.facts dd{margin-bottom:6px}}
@media print{:root{color-scheme:light}body{background:none}section{border:none;padding:0;break-inside:avoid-page}svg.wide{display:block}svg.narrow{display:none}pre{max-height:none}#says{display:none}}
)";

// Under the pointer of a chart over time: the moment, and each line's value there, read back from
// the drawing through its axes. Without it every line still has its name as a tooltip.
constexpr std::string_view script = R"(
(function(){
var box;
function figure(v,unit){
 if(unit=="percent")return(v*100).toPrecision(3)*1+"%";
 var a=Math.abs(v),s=[[1e12,"tn"],[1e9,"bn"],[1e6,"m"]].find(function(e){return a>=e[0]})||[1,""];
 return(v<0?"-":"")+(unit=="dollars"?"$":"")+(a/s[0]).toLocaleString("en",{maximumSignificantDigits:4})+s[1];
}
function at(points,x){
 var low=0,high=points.length-1;
 if(x<points[0].x-2||x>points[high].x+2)return null;
 while(low<high){var m=low+high>>1;if(points[m].x<x)low=m+1;else high=m}
 return points[low];
}
document.querySelectorAll("svg[data-plot]").forEach(function(svg){
 var p=svg.dataset.plot.split(" "),left=+p[0],right=+p[1],top=+p[2],bottom=+p[3],t0=+p[4],t1=+p[5],low=+p[6],high=+p[7],log=+p[8],unit=p[9],days=+p[10],lines;
 svg.addEventListener("pointerleave",function(){if(box)box.hidden=true});
 svg.addEventListener("pointermove",function(e){
  lines=lines||[].map.call(svg.querySelectorAll("polyline[data-name]"),function(l){return{name:l.dataset.name,points:[].slice.call(l.points)}});
  if(!lines.length)return;
  var r=svg.getBoundingClientRect(),x=(e.clientX-r.left)*svg.viewBox.baseVal.width/r.width;
  if(x<left||x>right){if(box)box.hidden=true;return}
  var rows=lines.map(function(l){
   var q=at(l.points,x);if(!q)return null;
   var s=(bottom-q.y)/(bottom-top),v=log?low*Math.pow(high/low,s):low+s*(high-low);
   return[v,l.name+"  "+figure(v,unit)];
  }).filter(Boolean).sort(function(a,b){return b[0]-a[0]});
  if(!box){box=document.createElement("div");box.id="says";document.body.appendChild(box)}
  var t=t0+(x-left)/(right-left)*(t1-t0);
  box.textContent=(days?(t/864e5).toFixed(1)+" d":new Date(t).toISOString().slice(0,16).replace("T"," ")+" UTC")+"\n"+rows.map(function(q){return q[1]}).join("\n");
  box.hidden=false;
  var b=box.getBoundingClientRect();
  box.style.left=Math.max(4,e.clientX+16+b.width>innerWidth?e.clientX-16-b.width:e.clientX+16)+"px";
  box.style.top=Math.max(4,Math.min(e.clientY+16,innerHeight-b.height-4))+"px";
 });
});
})();
)";

}  // namespace

std::string page_style() {
    return fmt::format(
        ":root{{{}}}@media screen and (prefers-color-scheme:dark){{:root{{{}}}}}{}{}{}",
        properties(light_palette), properties(dark_palette), color_classes(), rules,
        choice_rules());
}

std::string_view page_script() {
    return script;
}

}  // namespace crowdout::studies
