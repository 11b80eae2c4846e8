#!/usr/bin/env bash
# The floor: libjpeg-turbo's djpeg at reduced scale and cjpeg of every target, with nothing in between.
# Commands as those of the Java child; beside a source S lie its pixels at each width, S.WIDTH.ppm, and a picture of
# one block, tiny.jpg and tiny.ppm. What the processes cost that only read and write that block is subtracted.
set -euo pipefail
sources=()
stamp=$(mktemp)
trap 'rm -f "$stamp"' EXIT

# Sets "spent" to the CPU time of this shell and its children, in milliseconds.
clock() {
  times >"$stamp"
  spent=0
  local number minutes seconds
  for number in $(<"$stamp"); do
    minutes=${number%m*}
    seconds=${number#*m}
    seconds=${seconds%s}
    spent=$((spent + minutes * 60000 + 10#${seconds/./}))
  done
}

# work SCALE JPEG PPM...
work() {
  djpeg -scale "1/$1" -outfile /dev/null "$2"
  local pixels
  for pixels in "${@:3}"; do cjpeg -quality 80 -outfile /dev/null "$pixels"; done
}

run() {
  local scale=$1 count=$2 widths=("${@:3}") i width source begin middle
  clock; begin=$spent
  for ((i = 0; i < count; i++)); do
    source=${sources[i % ${#sources[@]}]}
    work "$scale" "$source" "${widths[@]/#/"$source."}"
  done
  clock; middle=$spent
  local tiny; tiny=$(dirname "${sources[0]}")/tiny
  for ((i = 0; i < count; i++)); do work "$scale" "$tiny.jpg" "${widths[@]/*/"$tiny.ppm"}"; done
  clock
  local own=$((2 * middle - begin - spent))
  printf '%d.%03d\t0\t0\t0\n' $((own / 1000)) $((own % 1000))
}

while IFS=$'\t' read -r -a command; do
  case ${command[0]} in
    load)
      sources=("${command[@]:1}")
      echo ok
      ;;
    run)
      case ${command[1]} in
        W1) run 8 "${command[2]}" 400.ppm ;;
        W2) run 2 "${command[2]}" 1600.ppm 1200.ppm 800.ppm 400.ppm 200.ppm ;;
        *) printf 'error\tthe floor does not know %s\n' "${command[1]}" ;;
      esac
      ;;
    *) printf 'error\tthe floor does not %s\n' "${command[0]}" ;;
  esac
done
