# shellcheck shell=bash
# Shared by the scripts beside it: source it, do not run it. It goes to the top of the project.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

# A Rust installed by rustup is there before its folder is on the PATH of a new shell.
command -v cargo >/dev/null 2>&1 || PATH="$PATH:$HOME/.cargo/bin"

# shellcheck disable=SC2034 # used by the scripts
target=${CARGO_TARGET_DIR:-target}

# One sentence, and out.
refuse() {
    printf '%s\n' "$*" >&2
    exit 1
}

# at_least HAVE WANT: is version HAVE WANT or newer?
at_least() {
    [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

# Runs a command with its output shown and kept in the file LOG. Not through a pipe: a process that
# outlives the command (a display, a window) would hold the pipe open and the script would wait for it.
# In a session of its own, so that Ctrl-C ends all that the command started.
shown() { # LOG COMMAND…
    local log=$1 pid code
    shift
    : >"$log"
    setsid "$@" >"$log" 2>&1 </dev/null &
    pid=$!
    trap 'kill -- "-$pid" 2>/dev/null; exit 130' INT TERM
    tail -n +1 -f --pid="$pid" "$log" 2>/dev/null
    wait "$pid"
    code=$?
    trap - INT TERM
    return "$code"
}

# The packages of the window's pages; the same rule as in src-tauri/build.rs.
ui_packages() {
    [ ui/node_modules/.package-lock.json -ot ui/package-lock.json ] || return 0
    (cd ui && npm ci --no-audit --no-fund)
}
