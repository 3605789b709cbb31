text() {
  printf '"s%s"' "$(printf %s "$1" | od -An -v -tx1 | tr -d ' \n')"
}

describe() {
  local element separator=
  if [[ $(declare -p "$1") == 'declare -a'* ]]; then
    local -n list=$1
    printf '['
    for element in "${list[@]}"; do
      printf '%s' "$separator"
      text "$element"
      separator=,
    done
    printf ']\n'
  else
    text "${!1}"
    printf '\n'
  fi
}
