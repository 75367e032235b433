#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The one door to this project on a bare Debian 12: installs what a verb needs, builds it, does it.
# `./crowdout.sh help` lists the verbs.
set -euo pipefail
shopt -s inherit_errexit

root=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
readonly root
readonly python=/usr/bin/python3 # Debian's own: another one in PATH may lack what apt installs

# Packages, by what needs them. Only the verb that is asked for pays.
readonly packages_build=(g++ cmake ninja-build ccache libtbb-dev libyaml-cpp-dev libfmt-dev
    libcli11-dev librandom123-dev libboost-dev libzstd-dev zlib1g-dev libhdf5-dev libsqlite3-dev
    libnlopt-cxx-dev)
# For the window; CROWDOUT_VIZ=OFF leaves it and them out, as on a cluster.
readonly packages_viz=(libsfml-dev libimgui-dev libgl1-mesa-dev libx11-dev pkg-config
    fonts-noto-cjk fonts-dejavu-core)
readonly packages_viz_test=(xvfb xdotool imagemagick libgl1-mesa-dri)
# For studies over several machines; running a world needs neither.
readonly packages_mpi=(libopenmpi-dev openmpi-bin)
readonly packages_test=(doctest-dev librapidcheck-dev clang-format python3 python3-numpy
    python3-zstandard python3-pandas python3-h5py)
readonly packages_report_test=(chromium fonts-noto-cjk) # a browser that opens reports
readonly packages_full=(clang libclang-rt-14-dev)
readonly packages_lint=(clang-tidy clang-tools cppcheck python3)

say() { printf 'crowdout.sh: %s\n' "$*" >&2; }
die() {
    say "$@"
    exit 1
}

usage() {
    cat <<'END'
usage: ./crowdout.sh VERB [ARGUMENT...]

  run [WORLD] [OPTION...]  build, then play a world (configs/ai_capex_drain.yaml unless named) in a
                           window, or without a display draw pictures of it at the end;
                           options are those of `build/release/crowdout run --help`; recorded
                           into build/runs/ unless --record or --no-record says otherwise
  test [--full]            build with warnings as errors and run every suite but the slow ones,
                           the source checks and the format check; --full adds the sanitizer, -O0
                           and clang builds, the comparison of their digests, and the slow suites
  build                    build everything into build/release
  bench [ARGUMENT...]      build without assertions into build/bench and print timings as CSV
  format                   rewrite the sources with clang-format
  lint                     clang-tidy and cppcheck
  clean                    remove build/
  help                     this text

Missing Debian packages are installed with apt (through sudo where you are not root). With
CROWDOUT_VIZ=OFF in the environment the window is neither built nor are its packages installed.

examples:
  ./crowdout.sh run
  ./crowdout.sh run configs/minimal.yaml --seed 7 --csv out/minimal
  ./crowdout.sh test
END
}

# Prints those of the named packages that dpkg does not have.
missing_packages() {
    local have
    # dpkg-query fails where it does not know a name, and still lists the others.
    have=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
    local package
    for package; do
        grep -qx -- "$package installed" <<<"$have" || printf '%s\n' "$package"
    done
}

# Installs the named Debian packages that are not there yet; says nothing when all are.
need() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "this is no Debian: going on with what is installed. Needed, by Debian's names: $*"
        return 0
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]} > 0)) || return 0

    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            die "needs these packages, and there is no sudo. As root: apt-get install ${missing[*]}"
        as_root=(sudo)
        # Without a terminal nobody can type a password: fail at once instead of waiting for one.
        [[ -t 0 ]] || as_root+=(-n)
    fi
    say "installing ${missing[*]}"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq
        -o DPkg::Lock::Timeout=300)
    "${apt[@]}" update >/dev/null || say "apt-get update failed; trying with the lists there are"
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null ||
        die "could not install them. By hand: apt-get install ${missing[*]}"
}

# configure PRESET [CMAKE ARGUMENT...]: quiet unless it fails.
configure() {
    local preset=$1 log
    shift
    local arguments=(--preset "$preset" "-DCROWDOUT_VIZ=${CROWDOUT_VIZ-ON}" "$@")
    if command -v ccache >/dev/null; then
        arguments+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    fi
    mkdir -p "$root/build/$preset"
    log=$root/build/$preset/configure.log
    (cd "$root" && cmake "${arguments[@]}") >"$log" 2>&1 || {
        cat "$log" >&2
        die "could not configure build/$preset"
    }
}

# compile PRESET [TARGET...]: one line of progress on a terminal, nothing but errors elsewhere.
compile() {
    local preset=$1
    shift
    local quiet=()
    [[ -t 1 ]] || quiet=(--quiet)
    ninja -C "$root/build/$preset" "${quiet[@]}" "$@" >&2
}

# Has the cache of PRESET the tests switched ON?
has_tests() { grep -qs '^CROWDOUT_TESTS:BOOL=ON$' "$root/build/$1/CMakeCache.txt"; }

wants_window() { [[ ${CROWDOUT_VIZ-ON} != OFF ]]; }

# A build folder from before the window's packages came must look for them again.
has_window() { ! wants_window || grep -qs 'libcrowdout_viz\.a' "$root/build/$1/build.ninja"; }

# The same of MPI, whose part is a library of its own.
has_mpi() { grep -qs 'libcrowdout_mpi\.so' "$root/build/$1/build.ninja"; }

need_for_build() {
    local packages=("${packages_build[@]}" "$@")
    ! wants_window || packages+=("${packages_viz[@]}")
    need "${packages[@]}"
}

# Building to run needs no test packages, and must not switch off tests that are already there.
build_program() {
    need_for_build
    if [[ ! -f $root/build/release/build.ninja ]]; then
        configure release -DCROWDOUT_TESTS=OFF -DCROWDOUT_BENCH=OFF
    elif ! has_window release; then
        configure release
    fi
    compile release crowdout
}

build_all() {
    local packages=("${packages_test[@]}" "${packages_report_test[@]}" "${packages_mpi[@]}")
    ! wants_window || packages+=("${packages_viz_test[@]}")
    need_for_build "${packages[@]}"
    (has_tests release && has_window release && has_mpi release) ||
        configure release -DCROWDOUT_TESTS=ON -DCROWDOUT_BENCH=ON
    compile release
}

# Every C++ file, NUL between them. Not git's list: a source archive has no git.
sources() {
    find "$root" \( -name build -o -name node_modules -o -name '.?*' \) -prune \
        -o -name '*.[ch]pp' -print0
}

# suites PRESET CTEST-ARGUMENT...: leaves build/PRESET/NAME.xml for the count.
suites() {
    local preset=$1 name=$2
    shift 2
    # The counts are read from the output of passing programs too: do not let ctest shorten it.
    ctest --test-dir "$root/build/$preset" --output-on-failure -j "$(nproc)" "$@" \
        --test-output-size-passed 16777216 --test-output-size-failed 16777216 \
        --output-junit "$root/build/$preset/$name.xml" || true
}

format_check() { sources | xargs -0 clang-format --dry-run --Werror; }

# The language server that editors use, and the library that other programs read replays with.
# Without a network their tests are skipped, and say so.
install_npm_packages() {
    local folder
    for folder in schema replay; do
        [[ ! -d $root/tests/$folder/node_modules ]] || continue
        command -v npm >/dev/null || need nodejs npm # other sources of npm do not mix with Debian's
        npm ci --prefix "$root/tests/$folder" --silent --no-audit --no-fund >&2 ||
            say "npm could not fetch what tests/$folder needs: that test is skipped"
    done
}

# Editors read the committed schema; the program knows the true one.
schema_is_current() {
    local kind arguments schema
    for kind in world study fit; do
        schema=$root/configs/schema/$kind.schema.json
        arguments=()
        [[ $kind == world ]] || arguments=("--$kind")
        "$root/build/release/crowdout" schema "${arguments[@]}" | cmp - "$schema" ||
            { say "renew it: build/release/crowdout schema ${arguments[*]} --output $schema" &&
                return 1; }
    done
}

digest_of() {
    "$root/build/$1/crowdout" run "$root/configs/minimal.yaml" --quiet --json |
        sed -n 's/.*"digest": *"\([^"]*\)".*/\1/p' | tail -n 1
}

# The same world must end in the same digest whoever compiled it.
digests_agree() {
    local expected digest preset
    expected=$(digest_of release)
    [[ -n $expected ]] || return 1
    for preset; do
        digest=$(digest_of "$preset")
        [[ $digest == "$expected" ]] || {
            say "build/$preset ends minimal.yaml in '$digest', build/release in '$expected'"
            return 1
        }
    done
}

# What `crowdout watch` understands too. Anything else is for a run without a window.
takes_window() {
    wants_window && [[ -n ${DISPLAY-} ]] || return 1
    local value=false argument
    for argument; do
        if $value; then
            value=false
            continue
        fi
        case "$argument" in
        --seed | --set | --threads | --record | --speed) value=true ;;
        --seed=* | --set=* | --threads=* | --record=* | --speed=* | --no-record) ;;
        *) return 1 ;;
        esac
    done
}

# draw FILE FOLDER: pictures of a recording, on a screen without a monitor where there is no other.
draw() {
    local program=$root/build/release/crowdout screen=()
    wants_window || return 0
    if [[ -z ${DISPLAY-} ]]; then
        command -v Xvfb >/dev/null || {
            say "no display: on a machine with one, or with xvfb installed, pictures are drawn by"
            say "  $program render $1 --png $2"
            return 0
        }
        coproc XVFB { exec Xvfb -displayfd 1 -nolisten tcp -noreset 2>/dev/null; }
        # The shell forgets both names as soon as the server ends.
        local server=$XVFB_PID number
        read -r number <&"${XVFB[0]}" || return 0
        screen=(env "DISPLAY=:$number")
    fi
    local status=0
    "${screen[@]}" "$program" render "$1" --png "$2" --view overview --view markets >&2 || status=$?
    if [[ -n ${server-} ]]; then
        kill "$server"
        wait "$server" || true
    fi
    return "$status"
}

verb_run() {
    build_program
    local program=$root/build/release/crowdout world=("$root/configs/ai_capex_drain.yaml")
    if (($# > 0)) && [[ $1 != -* ]]; then
        world=("$1")
        shift
    fi
    # A run that somebody waited for can be looked at again, unless they say where or not at all.
    local stem file='' argument record=() status=0
    stem=$root/build/runs/$(basename "${world[0]}" .yaml)-$(date +%Y%m%d-%H%M%S)
    file=$stem.mcap
    for argument; do
        case "$argument" in --record* | --no-record | -h | --help) file='' ;; esac
    done
    [[ -z $file ]] || record=(--record "$file")
    if takes_window "$@"; then
        mkdir -p "$root/build/runs"
        "$program" watch "${world[@]}" "${record[@]}" "$@" || status=$?
        ((status == 10)) || return "$status"
        unset DISPLAY # it is named, but not there
        status=0
    fi
    "$program" run "${world[@]}" "${record[@]}" "$@" || status=$?
    # What was recorded up to an interrupt is worth seeing too.
    if [[ -n $file && -f $file ]] && ((status == 0 || status == 130)); then
        draw "$file" "$stem" || say "the run is recorded; its pictures could not be drawn"
    fi
    return "$status"
}

verb_test() {
    local full=false
    case "${1-}" in
    '') ;;
    --full) full=true ;;
    *) die "test takes --full or nothing, not '$1'" ;;
    esac
    local results=() extra=(asan tsan debug clang)

    # check NAME COMMAND...: runs a check and keeps its result for the closing count.
    check() {
        local name=$1
        shift
        say "$name"
        if "$@"; then results+=(--check "$name=passed"); else results+=(--check "$name=failed"); fi
    }

    say 'release build'
    if (build_all && install_npm_packages); then
        suites release quick -LE slow
        results+=(--junit "$root/build/release/quick.xml")
    else
        results+=(--check 'release build=failed')
    fi
    check 'source checks' "$python" "$root/tools/tidy.py"
    check 'format' format_check
    check 'schema' schema_is_current
    if $full; then
        need "${packages_full[@]}"
        local preset
        for preset in "${extra[@]}"; do
            say "$preset build"
            if (configure "$preset" && compile "$preset"); then
                suites "$preset" full -L '^(unit|property|determinism)$'
                results+=(--junit "$root/build/$preset/full.xml")
            else
                results+=(--check "$preset build=failed")
            fi
        done
        check 'digests of all builds' digests_agree "${extra[@]}"
        suites release slow -L '^slow$'
        results+=(--junit "$root/build/release/slow.xml")
    fi
    "$python" "$root/tools/test_summary.py" "${results[@]}"
}

verb_bench() {
    need "${packages_build[@]}"
    [[ -f $root/build/bench/build.ninja ]] || configure bench
    compile bench crowdout_bench
    exec "$root/build/bench/crowdout_bench" "$@"
}

verb_format() {
    need clang-format
    sources | xargs -0 clang-format -i
}

verb_lint() {
    need "${packages_build[@]}" "${packages_test[@]}" "${packages_lint[@]}"
    has_tests release || configure release -DCROWDOUT_TESTS=ON -DCROWDOUT_BENCH=ON
    local failed=0
    run-clang-tidy -quiet -p "$root/build/release" -j "$(nproc)" \
        "^$root/(market|agents|world|studies|viz|apps|bench)/" || failed=1
    cppcheck --project="$root/build/release/compile_commands.json" --quiet --inline-suppr \
        --enable=warning,performance,portability --error-exitcode=1 \
        --suppressions-list="$root/tools/cppcheck.txt" -j "$(nproc)" || failed=1
    return "$failed"
}

main() {
    local verb=${1-help}
    (($# == 0)) || shift
    case "$verb" in
    run | test | bench | format | lint) "verb_$verb" "$@" ;;
    build) build_all ;;
    clean) rm -rf -- "$root/build" ;;
    help | -h | --help) usage ;;
    *)
        say "there is no verb '$verb'"
        usage >&2
        exit 2
        ;;
    esac
}

main "$@"
