#!/usr/bin/env bash
# Model files between Antler and real Keras, both ways, in a temporary folder.
#   tests/keras/run.sh [PYTHON [TENSORFLOW_PYTHON]]
# PYTHON: with the packages of requirements.txt; default $PYTHON. TENSORFLOW_PYTHON: with those of
# tests/golden/requirements-tensorflow.txt, for models of strings; without it they are left out.
# Last line: "N passed, N failed"; exit status 1 if any failed or a step broke off.
set -uo pipefail
cd "$(dirname "$0")/../.."

python="${1:-${PYTHON:-python3}}"
tensorflow_python="${2:-}"
program="${ANTLER_BUILD_DIR:-build}/bin/keras_roundtrip"
if [[ ! -x $program ]]; then
  echo "tests/keras/run.sh: $program is missing; run 'make build' first" >&2
  exit 1
fi
if ! KERAS_BACKEND=jax "$python" -c 'import keras'; then
  echo "tests/keras/run.sh: $python has no Keras; 'make test-keras' installs it" >&2
  exit 1
fi

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
passed=0
failed=0

# Runs a command whose last line is "N passed, N failed" and adds up.
count() {
  local title="$1" output status
  shift
  echo "== $title"
  output="$("$@" 2>&1)"
  status=$?
  echo "$output"
  if [[ "$(tail -n 1 <<<"$output")" =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    local ok="${BASH_REMATCH[1]}" bad="${BASH_REMATCH[2]}"
    passed=$((passed + ok))
    failed=$((failed + bad))
    if ((status == 0 && bad == 0 && ok > 0)); then return; fi
    if ((bad == 0)); then failed=$((failed + 1)); fi
  else
    echo "$title: broke off with status $status"
    failed=$((failed + 1))
  fi
}

# Runs a command that only has to succeed.
step() {
  local title="$1"
  shift
  echo "== $title"
  if ! "$@"; then
    echo "$title: failed"
    failed=$((failed + 1))
    return 1
  fi
}

export TF_CPP_MIN_LOG_LEVEL=3 PYTHONDONTWRITEBYTECODE=1
# Most of the time goes into compiling Keras' steps: the next run finds them.
export JAX_COMPILATION_CACHE_DIR="${XDG_CACHE_HOME:-$HOME/.cache}/antler/jax"
export JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS=0 JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES=-1
mkdir "$folder/from_keras" "$folder/from_antler"
if step "Keras writes" "$python" tests/keras/make_models.py "$folder/from_keras"; then
  count "Antler reads what Keras wrote" "$program" read "$folder/from_keras"
fi
if step "Antler writes" "$program" write "$folder/from_antler"; then
  count "Keras reads what Antler wrote" "$python" tests/keras/check_models.py "$folder/from_antler"
fi
if [[ -n $tensorflow_python ]]; then
  mkdir "$folder/strings_from_keras" "$folder/strings_from_antler"
  if step "Keras writes models of strings" "$tensorflow_python" tests/keras/make_models.py \
    "$folder/strings_from_keras" --strings; then
    count "Antler reads them" "$program" read "$folder/strings_from_keras"
  fi
  if step "Antler writes models of strings" "$program" write-strings \
    "$folder/strings_from_antler"; then
    count "Keras reads them" "$tensorflow_python" tests/keras/check_models.py \
      "$folder/strings_from_antler" --strings
  fi
else
  echo "== models of strings need TensorFlow: 'make test-keras-all' exchanges them"
fi
for script in tests/keras/*_test.py; do
  [[ -e $script ]] || continue
  step "$script" "$python" "$script" && passed=$((passed + 1))
done

echo "$passed passed, $failed failed"
((failed == 0 && passed > 0))
