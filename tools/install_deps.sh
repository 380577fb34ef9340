#!/usr/bin/env bash
# Installs what Antler's build and tests need on Debian 12; does nothing when all of it is there.
# Usage: install_deps.sh [docs]     (docs: what the documentation as a site needs, instead)
set -euo pipefail

packages=(
  g++ cmake make ninja-build ccache pkg-config
  libhwy-dev libdnnl-dev libzip-dev zlib1g-dev libpng-dev libjpeg62-turbo-dev libfmt-dev
  libcli11-dev libgtest-dev libgmock-dev librapidcheck-dev libbenchmark-dev
  python3 python3-venv
)
case "${1-}" in
  "") ;;
  docs) packages=(python3 mkdocs mkdocs-material) ;;
  *) echo "install_deps: unexpected \"$1\"; usage: install_deps.sh [docs]" >&2; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null; then
  echo "install_deps: this is no Debian system; install what corresponds to: ${packages[*]}" >&2
  exit 1
fi

# dpkg-query fails when it knows nothing of some package; what it prints is right all the same.
installed=" $(dpkg-query -W -f '${binary:Package} ${db:Status-Status}\n' "${packages[@]}" \
  2>/dev/null | awk '$2 == "installed" { sub(/:.*/, "", $1); print $1 }' | tr '\n' ' ' || true)"
missing=()
for package in "${packages[@]}"; do
  [[ "$installed" == *" $package "* ]] || missing+=("$package")
done
if ((${#missing[@]} == 0)); then
  exit 0
fi

as_root=()
if ((EUID != 0)); then
  if ! command -v sudo >/dev/null; then
    echo "install_deps: neither root nor sudo. As root: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "install_deps: installing ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -qq --no-install-recommends "${missing[@]}"
