// SPDX-License-Identifier: Apache-2.0
#include "apps/table.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace crowdout::apps;

TEST_CASE("table: names stand left, figures right, sums below a rule") {
    Table table{{"Sold by", "crypto", "shares"}};
    table.row({"miners", "$1.00B", "-"});
    table.row({"比特", "$20.0M", "$3.00M"});
    table.total({"all", "$1.02B", "$3.00M"});
    std::ostringstream out;

    table.print(out, false);

    CHECK(out.str() ==
          "Sold by  crypto  shares\n"
          "miners   $1.00B       -\n"
          "比特     $20.0M  $3.00M\n"
          "-----------------------\n"
          "all      $1.02B  $3.00M\n");
}

TEST_CASE("table: colour marks the head and only where it is wanted") {
    Table table{{"A"}};
    table.row({"x"});
    std::ostringstream plain;
    std::ostringstream colored;

    table.print(plain, false);
    table.print(colored, true);

    CHECK(plain.str() == "A\nx\n");
    CHECK(colored.str() == "\x1b[1mA\x1b[0m\nx\n");
}
