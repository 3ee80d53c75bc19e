#!/bin/sh
# Submits the shards that are missing, a stage behind the other, at most {{.AtOnce}} tasks at once, and the merge
# behind them: at first, and whenever some are missing. afterany: a merge that waits for afterok waits for ever beside
# a task that failed; this one names it.
set -eu
plan={{.Plan}}
after=
missing=$(misstep merge "$plan" --missing)
for array in $missing; do
	job=$(sbatch --parsable $after --array="$array%{{.AtOnce}}" --output="$plan/slurm/%A_%a.txt" "$plan/slurm/shard.sbatch")
	after=--dependency=afterany:${job%%;*}
done
exec sbatch $after --output="$plan/slurm/merge-%j.txt" "$plan/slurm/merge.sbatch"
