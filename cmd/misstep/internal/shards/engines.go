package shards

func engineNames() []string { return []string{"slurm", "hq", "parallel"} }
