#!/bin/sh
# Packs the append-only files of a running Redis (7 or later), and removes old backups. Where Redis has other folders, set DATA
# and BACKUPS.
set -eu

REDIS_URL=${REDIS_URL:-redis://127.0.0.1:6379}
DATA=${DATA:-/data}
BACKUPS=${BACKUPS:-/backups}
KEEP=${KEEP:-14}

cli() {
  redis-cli -e -u "$REDIS_URL" --no-auth-warning "$@"
}

# A rewrite would replace the files while they are packed. None begins meanwhile, and a running one ends first.
answer=$(cli --raw CONFIG GET auto-aof-rewrite-percentage)
percentage=$(echo "$answer" | tail -n 1)
# A backup that was killed has left 0, and the file would grow for ever: 100 is the default of Redis.
test "$percentage" != 0 || percentage=100
file="$BACKUPS/redis-$(date -u +%Y-%m-%dT%H-%M-%SZ).tar.gz"
restore() {
  rm -f "$file.part"
  cli CONFIG SET auto-aof-rewrite-percentage "$percentage" >/dev/null
}
trap restore EXIT
trap 'exit 1' HUP INT TERM
cli CONFIG SET auto-aof-rewrite-percentage 0 >/dev/null
while cli INFO persistence | tr -d '\r' | grep -Eq '^aof_rewrite_(in_progress|scheduled):1$'; do
  sleep 1
done

mkdir -p "$BACKUPS"
umask 077
# Nothing else packs here: a part was left by a backup that was killed.
rm -f "$BACKUPS"/redis-*.part
# The last file grows while it is packed: tar then ends with 1, and Redis drops a half-written command when it loads the file.
tar -czf "$file.part" -C "$DATA" appendonlydir || test $? -eq 1
gzip -t "$file.part"
mv "$file.part" "$file"
echo "packed $file"

# Names sort by time.
ls "$BACKUPS" | grep -E '^redis-.*\.tar\.gz$' | sort -r | tail -n "+$((KEEP + 1))" | while read -r old; do
  rm -f "$BACKUPS/$old"
done
