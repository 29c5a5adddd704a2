#!/bin/sh
# Installs claude-key for this user, or upgrades it.
#
#   curl -fsSL https://github.com/OWNER/claude-key/releases/latest/download/install.sh | sh
#   sh install.sh [--version VERSION] [--to FOLDER]
#
# Nothing is put in place before its checksum has been verified and it has run once. Needs no root.

set -eu

# The repository, which is written here when a release is made.
repository=''
# Another place to download from, laid out like the releases of the repository.
releases=${CLAUDE_KEY_RELEASES:-${repository:+$repository/releases}}
releases=${releases%/}

usage='usage: install.sh [--version VERSION] [--to FOLDER]

options:
  --version VERSION  the release to install; the latest one otherwise
  --to FOLDER        where to install it; ~/.local/bin otherwise
  -h, --help         show help'

# Everything is in functions, and the last line starts them: a script that arrives cut short does
# nothing at all.
main() {
  version=
  to=
  while [ $# -gt 0 ]; do
    case $1 in
      --*=*)
        option=$1
        shift
        set -- "${option%%=*}" "${option#*=}" "$@"
        ;;
      -h | --help) printf '%s\n' "$usage" && return ;;
      --version | --to)
        [ -n "${2-}" ] || fail "the option $1 needs a value" 'see: install.sh --help'
        if [ "$1" = --to ]; then to=$2; else version=${2#v}; fi
        shift 2
        ;;
      *) fail "unknown argument \"$1\"" 'see: install.sh --help' ;;
    esac
  done
  no_address='CLAUDE_KEY_RELEASES is no plain http or https address'
  case $releases in
    '')
      place=https://github.com/OWNER/claude-key/releases
      fail 'this install.sh is not from a release and does not know where releases lie' \
        "take the one that is part of a release: $place/latest/download/install.sh" \
        "or name the place: CLAUDE_KEY_RELEASES=$place sh install.sh"
      ;;
    *[!-0-9A-Za-z._~:/%+]*) fail "$no_address" ;;
    http://* | https://*) ;;
    *) fail "$no_address" ;;
  esac
  case $version in
    *[!0-9A-Za-z.-]*) fail "\"$version\" is no version" "see $releases" ;;
  esac
  if [ -z "$to" ]; then
    [ -n "${HOME-}" ] || fail 'HOME is not set' 'name a folder: install.sh --to FOLDER'
    to=$HOME/.local/bin
  fi
  case $to in /*) ;; *) to=$PWD/$to ;; esac
  case $to in
    *[[:cntrl:]]*) fail 'the folder has a control character in its name' \
      'name another one: install.sh --to FOLDER' ;;
  esac
  program=$to/claude-key
  [ ! -d "$program" ] || fail "\"$program\" is a folder" 'name another one: install.sh --to FOLDER'

  platform=$(find_platform)
  choose_downloader
  prepare
  find_archive
  download_archive
  put_in_place
  advise
}

say() {
  printf 'claude-key: %s\n' "$1" >&2
}

# fail MESSAGE [HINT ...]
fail() {
  say "error: $1"
  shift
  for hint; do say "hint: $hint"; done
  exit 1
}

find_platform() {
  system=$(uname -s)
  machine=$(uname -m)
  case $system in
    Linux)
      # The runtime is built for the GNU C library.
      if [ -e /etc/alpine-release ]; then
        fail 'there is no release for Alpine Linux' 'run it from source, or on a system with glibc'
      fi
      system=linux
      ;;
    Darwin)
      system=macos
      # A shell under Rosetta sees an Intel machine.
      if [ "$(sysctl -n sysctl.proc_translated 2>/dev/null)" = 1 ]; then machine=arm64; fi
      ;;
    MINGW* | MSYS* | CYGWIN*) fail 'this installer is not for Windows' 'use install.ps1' ;;
    *) fail "there is no release for \"$system\"" "see $releases" ;;
  esac
  case $machine in
    x86_64 | amd64) machine=x64 ;;
    aarch64 | arm64) machine=arm64 ;;
    *) fail "there is no release for \"$machine\" machines" "see $releases" ;;
  esac
  printf '%s-%s' "$system" "$machine"
}

# Whatever happens from here on, nothing stays behind.
prepare() {
  child=
  staged=
  made=
  folder=
  trap clean_up EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  folder=$(mktemp -d "${TMPDIR:-/tmp}/claude-key-install.XXXXXX")
}

clean_up() {
  if [ -n "$child" ]; then kill "$child" 2>/dev/null || :; fi
  if [ -n "$staged" ]; then rm -f "$staged"; fi
  if [ -n "$made" ]; then rmdir "$made" 2>/dev/null || :; fi
  if [ -n "$folder" ]; then rm -rf "$folder"; fi
}

# From https, nothing may lead to where anybody on the way can change what comes.
choose_downloader() {
  if command -v curl >/dev/null; then
    downloader=curl
  elif ! command -v wget >/dev/null; then
    fail 'neither curl nor wget is installed' 'install one of them'
  else
    case $releases,$(wget --version 2>/dev/null) in
      http://*) downloader=wget ;;
      *,'GNU Wget'*) downloader=careful_wget ;;
      *)
        fail 'the only wget here is not GNU wget, and is not safe to download with' \
          "BusyBox's checks no certificate by itself, and follows a redirect out of https" \
          'install curl or GNU wget'
        ;;
    esac
  fi
}

# download URL FILE
download() {
  case $downloader in
    curl)
      case $1 in https://*) only='=https' ;; *) only='=http,https' ;; esac
      await curl --fail --silent --show-error --location --proto "$only" --output "$2" "$1"
      ;;
    wget) await wget -q -t 1 -O "$2" "$1" ;;
    careful_wget) careful_wget "$1" "$2" ;;
  esac
}

# await COMMAND ... In the background, because a shell acts on a signal only between commands.
await() {
  "$@" &
  child=$!
  wait "$child" || { child= && return 1; }
  child=
}

# careful_wget URL FILE. The first wget heeds --https-only only where it downloads whole sites, so
# that each redirect is followed here; the second takes --max-redirect=0 for no limit, and heeds
# the other, but calls it a success when it has downloaded nothing.
careful_wget() {
  url=$1
  hops=0
  until await wget -nv -S -t 1 --https-only --max-redirect=0 -O "$2" "$url" \
    >"$folder/answer" 2>&1; do
    location=$(awk '
      $1 ~ /^HTTP\// { location = ""; moved = $2 ~ /^3/ }
      tolower($1) == "location:" && moved { location = $2 }
      END { print location }
    ' "$folder/answer")
    case $location in
      https://*) url=$location ;;
      /*)
        host=${url#https://}
        url=https://${host%%/*}$location
        ;;
      '')
        # Without what the server said.
        awk '!/^  /' "$folder/answer" >&2
        return 1
        ;;
      *)
        echo 'wget: redirected to what is not https' >&2
        return 1
        ;;
    esac
    hops=$((hops + 1))
    if [ "$hops" -gt 10 ]; then
      echo 'wget: redirected too often' >&2
      return 1
    fi
  done
  [ -s "$2" ]
}

# Finds the name of the archive, and with it the version, in the checksums of the release.
find_archive() {
  if [ -n "$version" ]; then
    from=$releases/download/v$version
    wanted="release $version"
  else
    from=$releases/latest/download
    wanted='the latest release'
  fi
  download "$from/checksums.txt" "$folder/checksums.txt" ||
    fail "$wanted cannot be downloaded from $releases" "see which releases there are: $releases"
  archive=$(awk -v ending="-$platform.tar.gz" '
    substr($2, length($2) - length(ending) + 1) == ending { print $2 }
  ' "$folder/checksums.txt")
  name=${archive%.tar.gz}
  found=${name%"-$platform"}
  found=${found#claude-key-}
  case $found in
    '' | *[!0-9A-Za-z.-]*) fail "$wanted has no archive for $platform" "see $releases" ;;
  esac
  [ "$found" = "${version:-$found}" ] || fail "$wanted holds version $found" "see $releases"
  version=$found
}

download_archive() {
  say "downloading $archive"
  download "$releases/download/v$version/$archive" "$folder/$archive" ||
    fail "$archive cannot be downloaded" 'try again'
  expected=$(awk -v name="$archive" '$2 == name { print $1 }' "$folder/checksums.txt")
  actual=$(sha256_of "$folder/$archive")
  [ "$actual" = "$expected" ] || fail "$archive does not have its checksum; it was not installed" \
    "expected $expected" "but it is $actual" \
    'try again; if it happens twice, report it as SECURITY.md says'
}

sha256_of() {
  if command -v sha256sum >/dev/null; then
    sum=$(sha256sum <"$1")
  elif command -v shasum >/dev/null; then
    sum=$(shasum -a 256 <"$1")
  elif command -v openssl >/dev/null; then
    sum=$(openssl dgst -sha256 -r <"$1")
  else
    fail 'there is no sha256sum, shasum or openssl' 'install one: nothing goes in unverified'
  fi
  printf '%s' "${sum%% *}"
}

# By a rename within the folder: whoever starts claude-key has the old program or the new one.
put_in_place() {
  tar -xzf "$folder/$archive" -C "$folder" || fail "$archive cannot be unpacked" 'try again'
  unpacked=$folder/$name/claude-key
  if [ ! -f "$unpacked" ] || [ -L "$unpacked" ]; then fail "$archive has no program in it"; fi
  [ -d "$to" ] || made=$to
  mkdir -p "$to" || fail "cannot make the folder \"$to\"" 'name another one: install.sh --to FOLDER'
  staged=$to/.claude-key.$$
  { cp "$unpacked" "$staged" && chmod 755 "$staged"; } ||
    fail "cannot write to \"$to\"" 'name another folder: install.sh --to FOLDER'
  "$staged" --version </dev/null >/dev/null ||
    fail "claude-key $version does not run on this machine; it was not installed"
  before=
  if [ -x "$program" ]; then before=$("$program" --version </dev/null 2>/dev/null) || before=; fi
  mv -f "$staged" "$program"
  staged=
  made=
  case $before in
    '' | "claude-key $version") say "installed claude-key $version as $program" ;;
    *) say "upgraded $before to $version as $program" ;;
  esac
}

advise() {
  found=$(command -v claude-key) || found=
  case :$PATH: in
    *":$to:"*)
      if [ "$found" != "$program" ]; then
        say "warning: \"$found\" comes before it on the path"
      fi
      return
      ;;
  esac
  case $to in
    *:*)
      say "warning: $to cannot be put on the path, because of the colon"
      return
      ;;
  esac
  say "hint: $to is not on the path; to add it, type:"
  # What is printed is for the user's shell to expand.
  # shellcheck disable=SC2016,SC2088
  case ${SHELL-} in
    */fish) say "hint:   fish_add_path $(fish_word "$to")" && return ;;
    */zsh) file='~/.zshrc' ;;
    */bash) file='~/.bashrc' ;;
    *) file='~/.profile' ;;
  esac
  case $to in
    *[!0-9A-Za-z\ ._/@%+,-]*)
      say "hint:   printf '%s\\n' $(word "export PATH=$(word "$to"):\"\$PATH\"") >> $file"
      ;;
    *) say "hint:   echo 'export PATH=\"$to:\$PATH\"' >> $file" ;;
  esac
}

# word TEXT: as one word of a POSIX shell.
word() {
  printf "'%s'" "$(replace "$1" "'" "'\\''")"
}

# fish_word TEXT: as one word of fish, where a backslash in quotes is not always itself.
fish_word() {
  printf "'%s'" "$(replace "$(replace "$1" "\\" "\\\\")" "'" "\\'")"
}

# replace TEXT PART OTHER: with each of a part replaced.
replace() {
  rest=$1
  before=
  while :; do
    case $rest in
      *"$2"*)
        before=$before${rest%%"$2"*}$3
        rest=${rest#*"$2"}
        ;;
      *) break ;;
    esac
  done
  printf '%s' "$before$rest"
}

main "$@"
