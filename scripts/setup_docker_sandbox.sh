#!/usr/bin/env bash
# Makes a Docker engine ready for Strategy Sandbox on Debian or Ubuntu, with or without systemd.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/setup_docker_sandbox.sh [--check]

Installs the Docker engine if there is none, starts it, waits until it answers, checks API, cgroups and seccomp, and
runs a throw-away container. Ends with 0 only if that container really ran. Installs a C compiler, too, which the tests
of this project build a probe with. Can be repeated. Needs root or sudo.

  --check   changes nothing: installs and starts nothing, only looks and runs the throw-away container
TEXT
}

check_only=false
case "${1:-}" in
  "") ;;
  --check) check_only=true ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac

step() { printf '==> %s\n' "$*"; }
fail() { printf 'FAILED: %s\n  fix: %s\n' "$1" "$2" >&2; exit 1; }

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null; then
    as_root=(sudo)
  elif ! $check_only; then
    fail "this is neither root nor is there sudo" "run it as root"
  fi
fi

log=${TMPDIR:-/tmp}/strategy-sandbox-dockerd.log

answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

# A machine that has just started often installs its own updates: wait for the package manager's lock.
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@"
}

install_engine() {
  if command -v dockerd >/dev/null && command -v docker >/dev/null; then
    step "the engine is installed: $(command -v dockerd)"
    return
  fi
  $check_only && fail "there is no Docker engine on this machine" "run scripts/setup_docker_sandbox.sh without --check"
  command -v apt-get >/dev/null \
    || fail "this is neither Debian nor Ubuntu (no apt-get)" "install Docker Engine as its documentation says, then repeat"
  step "installing the package docker.io"
  apt update || fail "apt-get update failed" "check the network and /etc/apt/sources.list"
  apt install -y docker.io >/dev/null \
    || fail "apt-get install docker.io failed" "repeat it by hand and read what it says"
}

# Strategies do without it, so its absence is no failure.
install_compiler() {
  $check_only && return
  command -v cc >/dev/null || ! command -v apt-get >/dev/null && return
  step "installing a C compiler for the tests"
  { apt update && apt install -y --no-install-recommends gcc libc6-dev >/dev/null; } \
    || step "no C compiler could be installed: the tests of native code will fail where Docker is required"
}

start_engine() {
  $check_only && fail "no engine answers" "run scripts/setup_docker_sandbox.sh without --check"
  if [ -d /run/systemd/system ]; then
    step "starting docker.service"
    "${as_root[@]}" systemctl start docker || fail "systemctl start docker failed" "journalctl -u docker"
  else
    step "starting dockerd without systemd; its output is in $log"
    "${as_root[@]}" setsid sh -c 'exec dockerd >"$1" 2>&1 </dev/null' sh "$log" &
  fi
}

await_engine() {
  local second
  for second in $(seq 60); do
    answers && break
    sleep 1
  done
  if ! answers; then
    if "${as_root[@]}" docker version >/dev/null 2>&1; then
      fail "the engine answers root but not $(id -un)" "sudo usermod -aG docker $(id -un), then log in again"
    fi
    [ -f "$log" ] && tail -n 5 "$log" >&2
    fail "the engine did not answer within ${second} s" "look at $log"
  fi
}

check_engine() {
  local api major minor
  api=$(docker version --format '{{.Server.APIVersion}}')
  major=${api%%.*}
  minor=${api#*.}
  if [ "$major" -lt 1 ] || { [ "$major" -eq 1 ] && [ "$minor" -lt 40 ]; }; then
    fail "the engine speaks API $api; 1.40 or newer is needed" "update Docker to 19.03 or newer"
  fi
  step "engine $(docker version --format '{{.Server.Version}}'), API $api"
  # Not a pipe: with pipefail, the end of grep -q would look like a failure of docker info.
  [[ "$(docker info --format '{{.SecurityOptions}}')" == *seccomp* ]] \
    || fail "the engine has no seccomp" "use a kernel and an engine with seccomp (docker info)"
  [ "$(docker info --format '{{.MemoryLimit}} {{.PidsLimit}} {{.CPUCfsQuota}}')" = "true true true" ] \
    || fail "the engine cannot limit memory, processes or processor time" "check the mounted cgroups (docker info)"
  step "cgroup version $(docker info --format '{{.CgroupVersion}}') and seccomp are there"
}

# A throw-away image of one program of this machine and the libraries it needs: no registry is asked.
run_container() {
  local root image
  root=$(mktemp -d)
  image=strategy-sandbox/setup-check:$$
  # shellcheck disable=SC2064
  trap "rm -rf '$root'; docker rmi -f '$image' >/dev/null 2>&1 || true" EXIT
  local program library
  program=$(readlink -f "$(command -v cat)")
  mkdir -p "$root/bin"
  cp "$program" "$root/bin/probe"
  ldd "$program" | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done
  tar -C "$root" -cf - . | docker import - "$image" >/dev/null || fail "the engine takes no image" "look at its log"
  local said
  said=$(printf 'it ran\n' | docker run --rm -i --network none --read-only --cap-drop ALL \
    --security-opt no-new-privileges --memory 64m --memory-swap 64m --pids-limit 16 --user 65532:65532 \
    "$image" /bin/probe) || fail "a container did not run" "look at $log or journalctl -u docker"
  [ "$said" = "it ran" ] || fail "a container ran, but said '$said'" "look at $log or journalctl -u docker"
  step "a container ran, limited as a sandbox is; ready"
}

if answers; then
  step "an engine answers"
elif [ -n "${DOCKER_HOST:-}" ]; then
  fail "no engine answers at DOCKER_HOST=$DOCKER_HOST" "start that engine, or unset DOCKER_HOST to use one on this machine"
else
  install_engine
  start_engine
  await_engine
fi
install_compiler
check_engine
run_container
