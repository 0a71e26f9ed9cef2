#!/bin/sh
# Packs the append-only files of a running Redis (7 or later), and removes old backups. Where Redis has other folders, set DATA
# and BACKUPS.
set -eu

REDIS_URL=${REDIS_URL:-redis://127.0.0.1:6379}
DATA=${DATA:-/data}
BACKUPS=${BACKUPS:-/backups}
KEEP=${KEEP:-14}

cli() {
  redis-cli -u "$REDIS_URL" --no-auth-warning "$@"
}

# A rewrite would replace the files while they are packed. None begins meanwhile, and a running one ends first.
percentage=$(cli --raw CONFIG GET auto-aof-rewrite-percentage | tail -n 1)
restore() {
  cli CONFIG SET auto-aof-rewrite-percentage "$percentage" >/dev/null
}
trap restore EXIT
cli CONFIG SET auto-aof-rewrite-percentage 0 >/dev/null
while cli INFO persistence | tr -d '\r' | grep -Eq '^aof_rewrite_(in_progress|scheduled):1$'; do
  sleep 1
done

mkdir -p "$BACKUPS"
umask 077
file="$BACKUPS/redis-$(date -u +%Y-%m-%dT%H-%M-%SZ).tar.gz"
# The last file grows while it is packed: tar then ends with 1, and Redis drops a half-written command when it loads the file.
tar -czf "$file.part" -C "$DATA" appendonlydir || test $? -eq 1
gzip -t "$file.part"
mv "$file.part" "$file"
echo "packed $file"

# Names sort by time.
ls "$BACKUPS" | grep -E '^redis-.*\.tar\.gz$' | sort -r | tail -n "+$((KEEP + 1))" | while read -r old; do
  rm -f "$BACKUPS/$old"
done
