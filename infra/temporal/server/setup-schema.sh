#!/bin/sh
# Brings the two databases of the Temporal server up to date, as their owner. Safe to run again at every start.
# The job `migrate` makes both and their owner. Needs POSTGRES_SEEDS, DB_PORT, POSTGRES_USER, POSTGRES_PWD; TOOL names the sql tool (default temporal-sql-tool).
set -eu
tool=${TOOL:-temporal-sql-tool}
run() { db=$1; shift; "$tool" --plugin postgres12_pgx --ep "$POSTGRES_SEEDS" -p "${DB_PORT:-5432}" -u "$POSTGRES_USER" --pw "$POSTGRES_PWD" --db "$db" "$@"; }
for pair in temporal:temporal temporal_visibility:visibility; do
  db=${pair%%:*}
  run "$db" setup-schema -v 0.0 || echo "schema of $db: there already"
  run "$db" update-schema --schema-name "postgresql/v12/${pair##*:}"
done
