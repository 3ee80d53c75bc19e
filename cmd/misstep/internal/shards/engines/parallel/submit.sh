#!/bin/sh
# Plays the shards that are missing with GNU parallel, a stage behind the other, and merges: at first, and whenever some
# are missing. JOBS is how many at once on a host, one a processor where it is not set; HOSTS is a file with a line
# a host, as parallel --sshloginfile takes it, where the folder has the same path.
set -eu
plan={{.Plan}}
missing=$(misstep merge "$plan" --missing)
for array in $missing; do
	printf '%s\n' "$array" | tr ',' '\n' | while IFS=- read -r first last; do seq "$first" "${last:-$first}"; done |
		parallel --quote --jobs "${JOBS:-100%}" ${HOSTS:+--sshloginfile "$HOSTS"} --joblog "+$plan/parallel/log" \
			sh "$plan/parallel/shard.sh" || true # what failed is named below
done
exec misstep merge "$plan"
