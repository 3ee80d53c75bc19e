#!/bin/sh
# One shard of a plan.
exec misstep shard {{.Plan}} "$1" --workers 1 --quiet
