// SPDX-License-Identifier: Apache-2.0
#include "studies/markup.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace crowdout;
using studies::Element;
using studies::Markup;

TEST_CASE("markup: whatever a name holds comes out as text") {
    CHECK(studies::escaped("<b>&\"'") == "&lt;b&gt;&amp;&quot;&#39;");
    CHECK(studies::escaped("家庭") == "家庭");
    // A lone continuation byte, a truncated character, and control characters of one and two bytes.
    CHECK(studies::escaped("a\x80z") == "a\xEF\xBF\xBDz");
    CHECK(studies::escaped("\xE5\xAE") == "\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(studies::escaped(std::string("\0\x1B\x7F", 3)) == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(studies::escaped("\xC2\x85") == "\xEF\xBF\xBD");
    CHECK(studies::escaped("two\n\tlines") == "two\n\tlines");
}

TEST_CASE("markup: elements are closed in the order in which they were opened") {
    Markup out;
    {
        const Element table{out, "table", {{"class", "a\"b"}}};
        const Element row{out, "tr"};
        out.leaf("td", {{"x", 1.5}}, "1 < 2");
        out.mark("br");
        out.mark("rect", {{"width", 10.0}});
        out.text("&");
    }
    CHECK(out.bytes() ==
          "<table class=\"a&quot;b\"><tr><td x=\"1.5\">1 &lt; 2</td><br>"
          "<rect width=\"10\"/>&amp;</tr>\n</table>\n");
}

TEST_CASE("markup: pixels have two decimals at most, and no -0") {
    CHECK(studies::pixels(12) == "12");
    CHECK(studies::pixels(0.5) == "0.5");
    CHECK(studies::pixels(-3.256) == "-3.26");
    CHECK(studies::pixels(-0.001) == "0");
    CHECK(studies::pixels(100) == "100");
}
