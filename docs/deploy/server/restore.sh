#!/bin/sh
# Unpacks a backup into the empty folder of a Redis that is not running: the newest one, or the one that is named.
set -eu

DATA=${DATA:-/data}
BACKUPS=${BACKUPS:-/backups}

newest() {
  ls "$BACKUPS" | grep -E '^redis-.*\.tar\.gz$' | sort | tail -n 1
}
name=${1:-$(newest)}

if [ -z "$name" ] || [ ! -f "$BACKUPS/$name" ]; then
  echo "There is no backup ${name:-in $BACKUPS}." >&2
  exit 1
fi
if [ -e "$DATA/appendonlydir" ]; then
  echo "$DATA still has data. Move $DATA/appendonlydir away first, if it may go." >&2
  exit 1
fi
tar -xzf "$BACKUPS/$name" -C "$DATA"
echo "restored $BACKUPS/$name"
