#!/bin/sh
# A task of the array: one shard of a plan.
exec misstep shard {{.Plan}} "$HQ_TASK_ID" --workers 1 --quiet
