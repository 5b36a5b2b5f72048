# Sourced by ./run and ./durable, which say what they are called in $name: what both need, and how both build.
missing=()
command -v node >/dev/null || missing+=("node 20 or newer (https://nodejs.org/)")
command -v npm >/dev/null || missing+=("npm (comes with node)")
command -v cc >/dev/null || missing+=("cc, a C compiler (apt-get install gcc libc6-dev)")
command -v mvn >/dev/null || missing+=("mvn 3.8 or newer (https://maven.apache.org/)")
if [ ${#missing[@]} -gt 0 ]; then
  printf "$name needs, and does not find: %s\n" "${missing[@]}" >&2
  exit 1
fi

mkdir -p target results
log=$PWD/target/build-$(basename "$name").log
: >"$log"
step() { # what, command …
  local what=$1
  shift
  "$@" >>"$log" 2>&1 || {
    tail -20 "$log" >&2
    echo "$name: $what failed, all of it: $log" >&2
    exit 1
  }
}
compile() { # tool …
  local tool
  for tool in "$@"; do
    if [ "native/$tool.c" -nt "target/$tool" ]; then step "compiling $tool.c" cc -O2 -Wall -Wextra -o "target/$tool" "native/$tool.c"; fi
  done
}
