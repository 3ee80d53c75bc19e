#!/bin/sh
# Submits the shards that are missing to HyperQueue, a stage behind the other, waits for them, and merges: at first,
# and whenever some are missing. A task that fails is not tried again by itself.
set -eu
plan={{.Plan}}
missing=$(misstep merge "$plan" --missing)
for array in $missing; do
	hq submit --name misstep --array "$array" --cpus 1 --stdout none --stderr "$plan/hq/%{TASK_ID}.txt" --wait \
		sh "$plan/hq/shard.sh" || true # what failed is named below
done
exec misstep merge "$plan"
